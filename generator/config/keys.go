package config

import "example.org/cutoff/generator/strictyaml"

// Keys documents every key of the configuration, in the order in which the
// documentation shows them.
func Keys() []strictyaml.Key {
	return []strictyaml.Key{
		{Path: "organization", Form: "text", Default: "none", Meaning: "The organisation's name, as the pages show it."},
		{Path: "reports", Form: "path or glob, or a list of them", Default: "none", Meaning: "The exported device status reports; `-` is standard input."},
		{Path: "connections", Form: "path or glob, or a list of them", Default: "none", Meaning: "Evidence of the ports that devices use: firewall exports and the client's service.log."},
		{Path: "roster", Form: "path or glob, or a list of them", Default: "none", Meaning: "The list of people with department, manager and the manager's e-mail address."},
		{Path: "waivers", Form: "path or glob, or a list of them", Default: "none", Meaning: "The dated exemptions."},
		{Path: "policy", Form: "built-in name or path", Default: "code42-port-4282", Meaning: "The rules to apply: a policy that comes with the program, or else a file of your own."},
		{Path: "out", Form: "path", Default: "site", Meaning: "The folder of the site."},
		{Path: "memory", Form: "path", Default: "the site's folder with -memory at its end", Meaning: "The folder for what is to be remembered between nights. This version remembers nothing yet: it only makes sure that the folder is not inside the site."},
		{Path: "as_of", Form: "date (2020-02-04)", Default: "SOURCE_DATE_EPOCH, else today", Meaning: "The day for which the site speaks."},

		{Path: "supported", Form: "mapping", Default: "support is not checked", Meaning: "The versions that the vendor supports; the notice does not name them."},
		{Path: "supported.versions", Form: "range of versions, or a list of them", Default: "required in supported", Meaning: "The supported versions, as in `>= 7.0`; ranges in a list, or parted by ||, are taken together."},
		{Path: "supported.source", Form: "link or text", Default: "none", Meaning: "Where the list comes from."},
		{Path: "supported.checked", Form: "date", Default: "none", Meaning: "The day on which somebody last compared it with the source."},

		{Path: "destinations", Form: "mapping", Default: "the policy's destinations alone", Meaning: "What your destinations are, beside those that the policy knows."},
		{Path: "destinations.cloud", Form: "list of names or UIDs", Default: "none", Meaning: "Destinations in the vendor's cloud; names are whole names, and case does not count."},
		{Path: "destinations.on_premises", Form: "list of names or UIDs", Default: "none", Meaning: "Destinations of your own."},
		{Path: "destinations.unclassified", Form: "check or cloud", Default: "check", Meaning: "How to judge a device whose destination is in neither list: ask for a check, or take it as cloud."},

		{Path: "departments", Form: "mapping", Default: "names as found", Meaning: "How departments are named."},
		{Path: "departments.aliases", Form: "mapping", Default: "none", Meaning: "Other spellings of departments."},
		{Path: "departments.aliases.<department>", Form: "text, or a list of texts", Default: "none", Meaning: "Other spellings of this department; case and white space do not count anyway."},

		{Path: "columns", Form: "mapping", Default: "the names that the program knows", Meaning: "Header texts of your files that mean a column of the program."},
		{Path: "columns.<column>", Form: "text, or a list of texts", Default: "none", Meaning: "Header texts that mean this column, beside those that the program knows."},

		{Path: "dates", Form: "mapping", Default: "see dates.order", Meaning: "How dates in your files are read."},
		{Path: "dates.order", Form: "auto, day-first or month-first", Default: "auto", Meaning: "How to read 03/04/2020; auto decides by a number above 12 in the same column, and reads nothing where there is none."},

		{Path: "encoding", Form: "name of an encoding, or a mapping of files", Default: "UTF-8 and UTF-16 are recognised, other text is Windows-1252 or refused", Meaning: "How text files are encoded that are not UTF-8: shift_jis, gb18030, macintosh, windows-1250, cp850 and all others that have a name on the web or at the IANA; a byte order mark is stronger."},
		{Path: "encoding.<file>", Form: "name of an encoding", Default: "none", Meaning: "How this file, or every file of this glob, is encoded; it is named as in the inputs, by its path or by its name alone, and the first that fits counts."},

		{Path: "evidence", Form: "mapping", Default: "see its keys", Meaning: "How evidence of ports counts."},
		{Path: "evidence.window", Form: "days (30d)", Default: "30d", Meaning: "How old an observation may be, counted back from the as-of date, to count."},
		{Path: "evidence.networks", Form: "list of addresses or networks", Default: "none", Meaning: "Addresses of the vendor's cloud beside the policy's, for files that name destinations by address."},
		{Path: "evidence.domains", Form: "list of domains", Default: "none", Meaning: "Domains of the vendor's cloud beside the policy's, each with all below it."},
		{Path: "evidence.outcomes", Form: "mapping", Default: "the words that the program knows", Meaning: "Words of your own logs for what became of a connection; they come before the program's."},
		{Path: "evidence.outcomes.success", Form: "text, or a list of texts", Default: "none", Meaning: "Words or whole cells that say that a connection came to life."},
		{Path: "evidence.outcomes.failure", Form: "text, or a list of texts", Default: "none", Meaning: "Words or whole cells that say that it did not."},
		{Path: "evidence.devices", Form: "mapping", Default: "none", Meaning: "Which device each service.log comes from, where neither its path nor its text says so."},
		{Path: "evidence.devices.<file>", Form: "GUID or device name", Default: "none", Meaning: "The device that this file comes from; the file is named as in the evidence, by its path or by its name alone."},

		{Path: "network", Form: "mapping", Default: "nobody vouches", Meaning: "Somebody's word that an allowed port is open everywhere; a port without evidence then counts as allowed."},
		{Path: "network.confirmed_by", Form: "text", Default: "required in network", Meaning: "Who vouches for it."},
		{Path: "network.confirmed_on", Form: "date", Default: "required in network", Meaning: "Since when."},
		{Path: "network.source", Form: "link or text", Default: "none", Meaning: "Where it is written down, a ticket for instance."},

		{Path: "stale_after", Form: "days (90d)", Default: "90d", Meaning: "After how many days unseen a device is marked as stale."},

		{Path: "phases", Form: "mapping", Default: "see its keys", Meaning: "When the site's words become more urgent."},
		{Path: "phases.approaching", Form: "days (60d)", Default: "60d", Meaning: "From how many days before the effective date on the phase is approaching."},
		{Path: "phases.imminent", Form: "days (14d)", Default: "14d", Meaning: "From how many days before the effective date on the phase is imminent."},

		{Path: "stop", Form: "mapping", Default: "see its keys", Meaning: "What keeps a run from publishing unless it is forced."},
		{Path: "stop.rejected", Form: "share (5%)", Default: "5%", Meaning: "The share of a report's rows that is too much to be rejected; a run with one such report stops."},
		{Path: "stop.age", Form: "days (7d)", Default: "no bound", Meaning: "How old the newest row of the reports may be."},

		{Path: "limits", Form: "mapping", Default: "see its keys", Meaning: "What one input may hold; a larger one is refused."},
		{Path: "limits.cell", Form: "size (1MiB)", Default: "1MiB", Meaning: "The size of one cell."},
		{Path: "limits.columns", Form: "number", Default: "1000", Meaning: "The columns of one sheet."},
		{Path: "limits.rows", Form: "number", Default: "10000000", Meaning: "The rows of one sheet."},
		{Path: "limits.unzipped", Form: "size (1GiB)", Default: "1GiB", Meaning: "The size of a workbook, unpacked."},

		{Path: "privacy", Form: "mapping", Default: "see its keys", Meaning: "What pages and files show."},
		{Path: "privacy.emails", Form: "true or false", Default: "false", Meaning: "Whether e-mail addresses are shown, inside other text too."},
		{Path: "privacy.addresses", Form: "true or false", Default: "false", Meaning: "Whether network addresses are shown outside network.html, inside other text too."},
		{Path: "privacy.user_names", Form: "true or false", Default: "true", Meaning: "Whether user names are shown, and who owns and approves a waiver."},
		{Path: "privacy.fleet_files", Form: "true or false", Default: "true", Meaning: "Whether the whole fleet's files are written: devices.csv and the search of find.html."},

		{Path: "workbooks", Form: "true or false", Default: "true", Meaning: "Whether each department gets an XLSX file."},
		{Path: "standalone", Form: "true or false", Default: "true", Meaning: "Whether each department gets one HTML file that needs no other, to forward and to attach."},

		{Path: "contacts", Form: "list of mappings", Default: "none", Meaning: "Whom to ask, shown on every page."},
		{Path: "contacts[].name", Form: "text", Default: "required in a contact", Meaning: "The person or team."},
		{Path: "contacts[].email", Form: "e-mail address", Default: "none", Meaning: "Their e-mail address."},
		{Path: "contacts[].url", Form: "link", Default: "none", Meaning: "Their page."},
		{Path: "contacts[].phone", Form: "text", Default: "none", Meaning: "Their telephone number."},

		{Path: "connection_test", Form: "mapping", Default: "see its keys", Meaning: "What connection-test.html tries."},
		{Path: "connection_test.hosts", Form: "list of host names or addresses", Default: "none", Meaning: "The hosts that the commands name."},

		{Path: "bundle", Form: "mapping", Default: "see its keys", Meaning: "What `cutoff bundle` makes, and what has to let it through."},
		{Path: "bundle.budget", Form: "size (7MB)", Default: "7MB", Meaning: "How large one zip may be; a site that needs more is split into numbered parts."},
		{Path: "bundle.templates", Form: "path of a folder", Default: "none", Meaning: "Templates of your own for the ticket's texts that replace the program's, one by one."},
		{Path: "bundle.profiles", Form: "mapping", Default: "none", Meaning: "Limits of your own mail and ticket systems, beside gmail, m365, servicenow and jira; one of these names replaces it."},
		{Path: "bundle.profiles.<profile>", Form: "mapping", Default: "no limits", Meaning: "What this system lets through."},
		{Path: "bundle.profiles.<profile>.message", Form: "size (25MB)", Default: "no limit", Meaning: "How large all files of one message may be together."},
		{Path: "bundle.profiles.<profile>.file", Form: "size (10MiB)", Default: "no limit", Meaning: "How large one file may be."},
		{Path: "bundle.profiles.<profile>.base64", Form: "true or false", Default: "true", Meaning: "Whether the sizes count files as mail carries them, about 37% larger."},
		{Path: "bundle.profiles.<profile>.files", Form: "number", Default: "no limit", Meaning: "How many files one message may have."},
		{Path: "bundle.profiles.<profile>.archived_files", Form: "number", Default: "no limit", Meaning: "How many files one zip may hold."},
		{Path: "bundle.profiles.<profile>.blocked", Form: "list of endings of file names", Default: "none", Meaning: "Files that do not get through, inside a zip as little as beside it: [js, svg]."},
		{Path: "bundle.profiles.<profile>.held", Form: "list of endings of file names", Default: "none", Meaning: "Files that are often held back when they are attached by themselves; a remark, no more."},
		{Path: "bundle.profiles.<profile>.script", Form: "true or false", Default: "false", Meaning: "Whether files with script in them get through."},
		{Path: "bundle.profiles.<profile>.nested", Form: "true or false", Default: "false", Meaning: "Whether archives inside archives get through."},

		{Path: "mail", Form: "mapping", Default: "see its keys", Meaning: "What `cutoff mail` sends, to whom, when and how. The roster says who manages whom."},
		{Path: "mail.from", Form: "e-mail address", Default: "none; without it nothing is sent", Meaning: "Whom the mails come from: `Backup desk <backup@example.org>`."},
		{Path: "mail.reply_to", Form: "e-mail address", Default: "mail.from", Meaning: "Who gets the answers."},
		{Path: "mail.cc", Form: "list of e-mail addresses", Default: "none", Meaning: "Who gets a copy of every manager's mail, and is named in it."},
		{Path: "mail.bcc", Form: "list of e-mail addresses", Default: "none", Meaning: "Who gets a copy of every manager's mail without being named."},
		{Path: "mail.managers", Form: "mapping", Default: "the roster's managers", Meaning: "Who answers for a department, whatever the roster says."},
		{Path: "mail.managers.<department>", Form: "e-mail address, or a list of them", Default: "the roster's managers", Meaning: "Who answers for this department; each gets all of it."},
		{Path: "mail.fallback", Form: "e-mail address", Default: "such a department is listed as undelivered", Meaning: "Who answers for devices of which neither this file nor the roster knows a manager with an address."},
		{Path: "mail.attach", Form: "mapping", Default: "see its keys", Meaning: "What is attached to the mail of somebody who answers for a whole department."},
		{Path: "mail.attach.file", Form: "true or false", Default: "true", Meaning: "Whether the department's own HTML file is attached."},
		{Path: "mail.attach.workbook", Form: "true or false", Default: "true", Meaning: "Whether the department's workbook is attached."},
		{Path: "mail.budget", Form: "size (7MB)", Default: "7MB", Meaning: "How large the attachments of one mail may be together, and each part of the bundle; what does not fit is left out, and the mail says so."},
		{Path: "mail.frequency", Form: "mapping", Default: "see its keys", Meaning: "How long to wait until somebody with open devices gets the next mail. The first mail never waits."},
		{Path: "mail.frequency.before", Form: "how often (daily, weekly or 3d)", Default: "weekly", Meaning: "In the phase before the announcement."},
		{Path: "mail.frequency.announced", Form: "how often (daily, weekly or 3d)", Default: "weekly", Meaning: "In the phase announced."},
		{Path: "mail.frequency.approaching", Form: "how often (daily, weekly or 3d)", Default: "weekly", Meaning: "In the phase approaching."},
		{Path: "mail.frequency.imminent", Form: "how often (daily, weekly or 3d)", Default: "daily", Meaning: "In the phase imminent."},
		{Path: "mail.frequency.in_force", Form: "how often (daily, weekly or 3d)", Default: "weekly", Meaning: "From the effective date on."},
		{Path: "mail.heartbeat", Form: "how often (daily, weekly or 30d)", Default: "never", Meaning: "How often somebody who got a mail before and has nothing open is told so again."},
		{Path: "mail.most", Form: "number", Default: "500", Meaning: "How many messages one run may send; a run that would send more sends none."},
		{Path: "mail.per_minute", Form: "number", Default: "60", Meaning: "How many messages are sent in a minute at most."},
		{Path: "mail.bundle_to", Form: "e-mail address, or a list of them", Default: "nobody", Meaning: "Who gets the whole site as a zip, with the fleet's figures."},
		{Path: "mail.bundle_frequency", Form: "how often (daily, weekly or 30d)", Default: "weekly", Meaning: "How often the zip is sent."},
		{Path: "mail.smtp", Form: "mapping", Default: "see its keys", Meaning: "The server that takes the mails."},
		{Path: "mail.smtp.host", Form: "host name or address", Default: "none; without it nothing is sent", Meaning: "The server."},
		{Path: "mail.smtp.port", Form: "number", Default: "587 for starttls, 465 for tls, 25 for none", Meaning: "Its port."},
		{Path: "mail.smtp.security", Form: "starttls, tls or none", Default: "starttls", Meaning: "How the connection is encrypted; a server that does not offer it gets nothing, and its certificate is checked."},
		{Path: "mail.smtp.ca", Form: "path of a PEM file", Default: "the system's authorities", Meaning: "The authorities that vouch for the server's certificate."},
		{Path: "mail.smtp.auth", Form: "none, plain, login or xoauth2", Default: "none", Meaning: "How the program signs in; not without encryption."},
		{Path: "mail.smtp.username", Form: "text", Default: "none", Meaning: "The account to sign in with."},
		{Path: "mail.smtp.password_file", Form: "path", Default: "none", Meaning: "The file whose first line is the password."},
		{Path: "mail.smtp.password_env", Form: "name of a variable", Default: "none", Meaning: "The environment's variable that holds the password."},
		{Path: "mail.smtp.token_file", Form: "path", Default: "none", Meaning: "The file whose first line is the access token for xoauth2; something else keeps it fresh."},
		{Path: "mail.smtp.timeout", Form: "number of seconds", Default: "60", Meaning: "How long the server may take for one answer."},
		{Path: "mail.smtp.attempts", Form: "number", Default: "4", Meaning: "How often a mail is tried when the server says that it cannot take it now."},

		{Path: "look", Form: "mapping", Default: "the program's own look", Meaning: "Your own appearance."},
		{Path: "look.logo", Form: "path of a .png or .svg file", Default: "none", Meaning: "The picture at the head of every page."},
		{Path: "look.accent", Form: "colour (#1a5fb4)", Default: "the program's own", Meaning: "The one colour that links and heads take."},
		{Path: "look.dates", Form: "2 January 2006, written your way", Default: "2 January 2006", Meaning: "The form of days on pages: how you write the second of January 2006."},
		{Path: "look.thousands", Form: "at most one character", Default: "a comma", Meaning: "What parts the thousands of a number; empty for nothing."},
		{Path: "look.overrides", Form: "path of a folder", Default: "none", Meaning: "Pages, texts and styles of your own that replace the program's, one by one."},
	}
}
