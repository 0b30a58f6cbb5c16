package policy

import "example.org/cutoff/generator/strictyaml"

// Keys documents every key of a policy file, in the order in which the
// documentation shows them.
func Keys() []strictyaml.Key {
	return []strictyaml.Key{
		{Path: "id", Form: "lower-case letters, digits, dashes", Default: "required", Meaning: "The policy's name, used in files and in summary.json."},
		{Path: "title", Form: "text", Default: "required", Meaning: "The notice's subject in a few words."},
		{Path: "vendor", Form: "text", Default: "required", Meaning: "Who announced it."},
		{Path: "product", Form: "text", Default: "required", Meaning: "The product's name in a sentence. One that ends in a small word (Code42 app) has the article before it, a name (Windows) has none."},
		{Path: "announced", Form: "date (2019-10-03)", Default: "the vendor's page names no day", Meaning: "The day of the announcement."},
		{Path: "effective", Form: "date (2020-02-04)", Default: "required", Meaning: "The first day on which the consequence holds."},
		{Path: "dates", Form: "list of mappings", Default: "none", Meaning: "Further days that the notice names, for texts and the timeline."},
		{Path: "dates[].day", Form: "date", Default: "required in a date", Meaning: "The day."},
		{Path: "dates[].what", Form: "text", Default: "required in a date", Meaning: "What it is, in a few words: end of Extended Security Updates."},
		{Path: "source", Form: "link", Default: "required", Meaning: "The vendor's page that the facts come from."},
		{Path: "content", Form: "path of a folder", Default: "the texts that come with the program", Meaning: "Where this policy's announcement.md and faq.md are, relative to the policy's file."},

		{Path: "subject", Form: "app_version or os_version", Default: "app_version", Meaning: "Whose version the rule reads, and so which column a report must have: the app's, or the operating system's."},
		{Path: "scope", Form: "destinations, all, or a mapping", Default: "destinations where the policy lists some, else all", Meaning: "Which devices the notice is about: those that store in the vendor's cloud, all, or those with certain systems."},
		{Path: "scope.os", Form: "list of windows, mac, linux", Default: "required in scope", Meaning: "The kinds of system that the notice is about; a device with another one is not affected, one of which no report says what it runs is in scope."},
		{Path: "consequence", Form: "mapping", Default: "devices are cut off", Meaning: "What happens to an affected device, in words."},
		{Path: "consequence.title", Form: "words that follow \"is\" or \"will be\"", Default: "cut off", Meaning: "What it is from the effective date on, in a word or two: out of support."},
		{Path: "consequence.before", Form: "words that follow \"it\"", Default: "will be unable to connect", Meaning: "What will happen to it, until the effective date: will get no more security updates."},
		{Path: "consequence.after", Form: "words that follow \"it\"", Default: "cannot connect", Meaning: "What happens to it from that day on: gets no more security updates."},

		{Path: "versions", Form: "mapping", Default: "required", Meaning: "What the notice says of versions."},
		{Path: "versions.connects", Form: "range of versions, or a list of them", Default: "required in versions", Meaning: "The versions that connect from the effective date on; every other one is too old."},
		{Path: "versions.unsupported", Form: "range of versions, or a list of them", Default: "none", Meaning: "The versions that connect but never have the vendor's support."},
		{Path: "versions.target", Form: "text", Default: "made from the ranges", Meaning: "What to move to, in a sentence: Windows 11."},

		{Path: "ports", Form: "mapping", Default: "ports do not matter", Meaning: "What the notice says of destination ports in the vendor's cloud."},
		{Path: "ports.retired", Form: "list of ports", Default: "none", Meaning: "The ports that stop on the effective date; without any, ports do not matter."},
		{Path: "ports.allowed", Form: "list of ports", Default: "none", Meaning: "The ports that go on; required where one is retired."},

		{Path: "destinations", Form: "list of mappings", Default: "none", Meaning: "The vendor's cloud destinations as reports name them."},
		{Path: "destinations[].uid", Form: "digits, in quotes when long", Default: "none", Meaning: "The destination's UID; it decides before a name does."},
		{Path: "destinations[].names", Form: "text, or a list of texts", Default: "none", Meaning: "Its names, whole; case does not count."},

		{Path: "cloud", Form: "mapping", Default: "none", Meaning: "Hosts of the vendor's cloud, for evidence that names destinations by host or address."},
		{Path: "cloud.domains", Form: "list of domains", Default: "none", Meaning: "Domains, each with all below it."},
		{Path: "cloud.networks", Form: "list of addresses or networks", Default: "none", Meaning: "Addresses."},

		{Path: "systems", Form: "list of mappings", Default: "none", Meaning: "Operating systems that cannot run a version that connects."},
		{Path: "systems[].os", Form: "text", Default: "required in a system", Meaning: "The operating system as reports write it: mac, win, linux."},
		{Path: "systems[].versions", Form: "range of versions", Default: "required in a system", Meaning: "Which versions of the operating system."},
		{Path: "systems[].name", Form: "text", Default: "required in a system", Meaning: "Its name in a sentence."},
		{Path: "systems[].last_app", Form: "text", Default: "none", Meaning: "The last version of the app that runs on it."},

		{Path: "links", Form: "mapping", Default: "none", Meaning: "The vendor's pages."},
		{Path: "links.notice", Form: "link", Default: "none", Meaning: "The notice itself."},
		{Path: "links.version_policy", Form: "link", Default: "none", Meaning: "Which versions are supported."},
		{Path: "links.lifecycle_policy", Form: "link", Default: "none", Meaning: "How long the vendor supports its products."},
		{Path: "links.connection_test", Form: "link", Default: "none", Meaning: "How to test a network connection."},
		{Path: "links.device_report", Form: "link", Default: "none", Meaning: "How to export the device status report."},
		{Path: "links.help", Form: "link", Default: "none", Meaning: "Where the vendor gives help."},
	}
}
