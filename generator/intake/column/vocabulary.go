// Package column says which header text means which canonical column. It holds
// the vocabulary of every kind of input, recognises header rows, and says what is
// missing if there is none. It knows only texts: no files and no values.
package column

import "slices"

// Kind says what a file was read as.
type Kind string

// The kinds of input.
const (
	Report      Kind = "report"
	Connections Kind = "connections"
	Roster      Kind = "roster"
	Waivers     Kind = "waivers"
)

// Kinds are all kinds of input, in the order in which files are listed.
var Kinds = []Kind{Report, Connections, Roster, Waivers}

// Group is a set of header texts that come from one place.
type Group struct {
	// Source says where the texts were seen.
	Source string
	Words  []Word
}

// Word is a header text and what it means.
type Word struct {
	Text string
	// Column is the canonical column; "" for a text that is known and of no use.
	Column string
	// Fallback marks a text that only counts if no other column of the file means
	// the same: a firewall's log has four times for one connection. Of several
	// fallbacks the first in the vocabulary counts.
	Fallback bool
	// Perhaps marks an outcome's name that can mean other things. The cells of the
	// column decide.
	Perhaps bool
	// In a header that has one of the texts Unless, this one means Otherwise, or
	// nothing if that is "". Next to a serial number, for example, a log's device
	// name is the firewall's.
	Unless    []string
	Otherwise string
}

// Vocabulary gives every header text that a kind of input knows, grouped by
// source. Texts are compared without case, spaces, "_", "-" and quotes. The
// configuration adds to them (see [NewMatcher]).
func Vocabulary(kind Kind) []Group {
	switch kind {
	case Report:
		return []Group{ownReport, deviceStatusExport, consoleWords, devicesList, administratorsReport, germanReport,
			intune, jamf, fleetHosts, osquery, configMgr, lansweeper, glpi, snipeIT, serialNumbers}
	case Connections:
		return []Group{ownConnections, plainConnections, germanConnections, paloAlto, fortinet, zeekConn}
	case Roster:
		return []Group{ownRoster, directoryRoster, personnelRoster, germanRoster, frenchRoster}
	}
	return []Group{ownWaivers, plainWaivers}
}

func group(source string, words ...[]Word) Group { return Group{source, slices.Concat(words...)} }

// each makes a word of each text.
func each(texts []string, word func(text string) Word) []Word {
	words := make([]Word, len(texts))
	for i, text := range texts {
		words[i] = word(text)
	}
	return words
}

// own gives words for canonical names, which mean themselves.
func own(columns ...string) []Word {
	return each(columns, func(text string) Word { return Word{Text: text, Column: text} })
}

func means(column string, texts ...string) []Word {
	return each(texts, func(text string) Word { return Word{Text: text, Column: column} })
}

func fallback(column string, texts ...string) []Word {
	return each(texts, func(text string) Word { return Word{Text: text, Column: column, Fallback: true} })
}

func perhaps(texts ...string) []Word {
	return each(texts, func(text string) Word { return Word{Text: text, Column: "outcome", Perhaps: true} })
}

func unused(texts ...string) []Word { return means("", texts...) }

// The canonical columns are those of the devices.csv that this program writes,
// with the few more that exports have.
var ownReport = group("devices.csv of this program",
	own("device_guid", "device_name", "hostname", "username", "email", "department", "organization", "os", "os_version", "app_version", "status",
		"destination", "destination_uid", "port", "last_connected", "last_activity", "address", "remote_address"),
	unused("destination_kind", "version_status", "port_status", "verdict", "action", "waived_until", "stale", "affected_since", "source",
		"superseded_by"),
)

var deviceStatusExport = group("Device Status report as CSV (API resource DeviceBackupReport), 34 columns as of 2022",
	means("device_guid", "deviceUid"),
	means("device_name", "deviceName"),
	means("hostname", "deviceOsHostname"),
	means("organization", "orgName"),
	[]Word{{Text: "version", Column: "app_version", Unless: []string{"codename", "OScode"}, Otherwise: "os_version"}},
	means("os_version", "osVersion"),
	means("destination_uid", "destinationUid"),
	means("destination", "destinationName"),
	means("remote_address", "remoteAddress"),
	means("last_connected", "lastConnectedDate"),
	means("last_activity", "lastActivity"),
	// These identify other things than the device, or are figures about its backup.
	unused("archiveGuid", "orgUid", "orgExtRef", "userUid", "userExtRef", "deviceExtRef", "serverUid", "serverName", "userStatus", "alertStates",
		"creationDate", "selectedBytes", "backupCompletePercentage", "archiveBytes", "coldStorage", "lastCompletedBackupDate",
		"mostRecentUserProfileCreationResult", "mostRecentUserProfileBackupResult"),
)

var consoleWords = group("the administration console's Reporting table, as people copy it",
	means("device_guid", "GUID", "Device GUID", "Device UID", "Computer GUID"),
	means("device_name", "Device Name"),
	fallback("device_name", "Device"),
	means("hostname", "Host Name", "OS Hostname"),
	fallback("username", "User"),
	means("username", "User Name"),
	means("email", "E-Mail Address", "User E-Mail"),
	means("organization", "Organization Name", "Organisation", "Org"),
	fallback("os", "Operating System"),
	means("app_version", "Code42 App Version", "CrashPlan App Version", "Code42 Version"),
	means("status", "Device Status"),
	means("destination", "Destination Name"),
	means("destination_uid", "Destination UID", "Destination GUID"),
	means("last_activity", "Last Activity", "Last Activity Date"),
	means("last_connected", "Last Connected", "Last Connection"),
	means("remote_address", "Remote Address"),
	unused("User UID", "User Status", "Archive GUID", "Alert States", "Selected", "Stored", "Cold Storage", "% Complete"),
)

var devicesList = group("code42 devices list -f CSV, with its options",
	means("device_guid", "guid"),
	[]Word{{Text: "name", Column: "device_name", Fallback: true, Unless: []string{"codename"}, Otherwise: "os"}},
	means("hostname", "osHostname"),
	means("last_connected", "lastConnected"),
	means("app_version", "productVersion"),
	means("os", "osName"),
	// computerId is a key in the server's database, not a GUID.
	unused("computerId", "backupUsage", "archiveCount", "totalStorageBytes", "legalHoldUid", "legalHoldName", "active", "blocked", "alertStates"),
)

var administratorsReport = group("CSV files that administrators' own scripts write",
	means("device_name", "Computer", "Computer Name"),
	fallback("last_connected", "Last Seen"),
	means("app_version", "Crashplan Version", "App Version"),
	means("os", "OS Name"),
	fallback("address", "IP Address"),
	means("address", "Internal IP"),
	means("remote_address", "External IP"),
	means("status", "DeviceStatus"),
	means("email", "Mail"),
	means("department", "Dept"),
	means("port", "Destination Port"),
	unused("Java Version", "Alert State", "Alerts", "Last Backup Date", "Percent Complete", "SelectedFiles", "LastBackup", "LastCompletedBackup",
		"BytesToDo", "FilesToDo"),
)

var germanReport = group("lists that German administrators keep",
	fallback("device_name", "Gerätename", "Rechnername"),
	fallback("username", "Benutzername", "Benutzer"),
	fallback("email", "E-Mail-Adresse"),
	fallback("department", "Abteilung"),
	fallback("os", "Betriebssystem"),
	fallback("last_connected", "Letzte Verbindung", "Zuletzt gesehen"),
)

// Lists of other tools have several columns with one meaning, so all of these are
// fallbacks, the surest first.
var intune = group("Microsoft Intune: the export of all devices, and Graph's managedDevice",
	fallback("device_guid", "Device ID", "managedDeviceId", "azureADDeviceId"),
	fallback("username", "Primary user UPN", "userPrincipalName"),
	fallback("email", "Primary user email address"),
	fallback("last_connected", "Last check-in", "lastSyncDateTime"),
	fallback("address", "WiFiIPv4Address"),
	unused("Microsoft Entra Device ID", "Enrollment date", "Last EAS sync time", "Manufacturer", "Model", "Primary user display name", "SkuFamily",
		"Compliance", "Ownership", "Managed by", "JoinType", "Encrypted"),
)

var jamf = group("Jamf Pro: an advanced search of computers as CSV",
	fallback("device_guid", "UDID"),
	fallback("os_version", "Operating System Version"),
	fallback("last_connected", "Last Inventory Update"),
	fallback("address", "Last Reported IP Address"),
	unused("Jamf Pro Computer ID", "JSS Computer ID", "Full Name", "Position", "Building", "Model Identifier", "Managed", "Supervised"),
)

var fleetHosts = group("Fleet: the export of hosts",
	fallback("device_guid", "uuid"),
	fallback("device_name", "display_name", "host_display_name"),
	fallback("os", "platform"),
	fallback("last_connected", "seen_time", "last_fetched"),
	fallback("organization", "team_name"),
	fallback("address", "primary_ip"),
	fallback("remote_address", "public_ip"),
	unused("id", "osquery_version", "orbit_version", "fleet_desktop_version"),
)

var osquery = group("osquery: the tables system_info and os_version, and the log of results",
	fallback("device_name", "hostIdentifier"),
	fallback("hostname", "local_hostname"),
	fallback("last_connected", "calendarTime"),
	unused("codename", "platform_like", "major", "minor", "patch", "build", "arch"),
)

var configMgr = group("Microsoft Configuration Manager: the console's list, Get-CMDevice, v_R_System",
	fallback("device_guid", "SMS Unique Identifier", "SMS_Unique_Identifier0", "SMSID", "SMBIOS GUID", "SMBIOS_GUID0"),
	fallback("device_name", "Name0", "Netbios_Name0"),
	fallback("os", "DeviceOS", "Operating_System_Name_and0"),
	fallback("os_version", "Operating System Build", "DeviceOSBuild", "Build01"),
	fallback("username", "Primary User(s)", "PrimaryUser", "User_Name0", "Last Logon User", "Currently Logged on User"),
	fallback("last_connected", "Last Active Time", "LastDDR", "Last_Logon_Timestamp0"),
	unused("Resource ID", "Site Code", "Client Activity", "Domain", "MACAddress"),
)

var lansweeper = group("Lansweeper: reports on assets",
	fallback("device_name", "AssetName"), // Snipe-IT's too
	fallback("os_version", "OScode"),
	fallback("last_connected", "Last successful scan"),
	unused("AssetID", "AssetUnique", "Userdomain", "Firstseen", "Lasttried", "BuildNumber", "Asset Type", "IPLocation", "icon"),
)

var glpi = group("GLPI: the export of computers, in English, French and German",
	fallback("device_name", "Nom"),
	fallback("os", "Operating System - Name", "Système d'exploitation - Nom", "Betriebssystem - Name"),
	fallback("os_version", "Système d'exploitation - Version", "Betriebssystem - Version"),
	fallback("username", "Alternate Username", "Utilisateur"),
	fallback("organization", "Entity", "Entité"),
	fallback("last_connected", "Last contact", "Dernier contact", "Last inventory", "Last update", "Dernière modification", "Letzte Änderung"),
)

var snipeIT = group("Snipe-IT: the export of assets",
	fallback("username", "Checked Out To", "Checked Out"),
	fallback("organization", "Company"),
	unused("Model No.", "Purchased", "Checkout Date", "Last Audit", "Location"),
)

// A serial number tells devices apart where nothing better does. Snipe-IT's may
// be blank; its tag is not.
var serialNumbers = group("serial numbers, in the lists of all these tools",
	fallback("device_guid", "Serial Number", "hardware_serial", "Numéro de série", "Seriennummer", "Asset Tag", "Serial"),
)

var ownConnections = group("this program's own names",
	own("device", "address", "destination", "destination_host", "port", "date", "time", "outcome", "received", "application"),
)

var plainConnections = group("CSV files that administrators' own scripts write, netstat and lsof listings among them",
	means("device", "Device GUID", "deviceUid", "GUID"),
	fallback("device", "Computer", "Computer Name", "Hostname"),
	[]Word{{Text: "Device Name", Column: "device", Fallback: true, Unless: []string{"Serial #", "Serial Number", "Serial", "Virtual System"}}},
	means("address", "Source IP"),
	fallback("address", "Source"),
	means("address", "Local Address"),
	fallback("address", "IP Address"),
	fallback("destination", "Destination IP"),
	means("destination", "Remote Address", "Foreign Address"),
	means("destination_host", "Destination Host"),
	means("port", "Remote Port", "Dest Port"),
	fallback("port", "Service"),
	means("application", "app"),
	means("received", "Received Bytes", "Empfangene Bytes", "rcvd"),
	means("outcome", "Action Taken", "Rule Action", "FW Action", "Firewall Action", "Policy Action", "act", "disp", "Disposition", "Verdict",
		"Decision", "Log Subtype", "Aktion", "Entscheidung", "Connection State"),
	perhaps("Status", "State", "Event", "Event Type", "Result", "msg", "Subtype", "Zustand", "Ereignis", "Ergebnis"),
	fallback("time", "Timestamp", "Date Time", "Last Seen"),
)

var germanConnections = group("German exports of firewalls",
	fallback("device", "Gerät", "Gerätename", "Computername", "Rechner", "Rechnername"),
	fallback("address", "Quelle", "Quell-IP", "Quelladresse", "IP-Adresse"),
	fallback("destination", "Ziel", "Ziel-IP", "Zieladresse"),
	fallback("destination_host", "Zielhost"),
	fallback("port", "Zielport", "Dienst"),
	fallback("time", "Zeit", "Zeitstempel", "Zeitpunkt", "Uhrzeit"),
	fallback("date", "Datum"),
	unused("Quellport", "Protokoll", "Regel", "Richtung", "Schnittstelle"),
)

var paloAlto = group("Palo Alto Networks PAN-OS 9.1, Traffic Log Fields (docs.paloaltonetworks.com): names of the web interface's CSV export and of the log",
	means("address", "Source address", "src"),
	means("device", "Source Hostname", "src_host"),
	means("destination", "Destination address", "dst"),
	means("destination_host", "Destination Hostname", "dst_host"),
	means("port", "Destination Port", "dport"),
	fallback("time", "Generate Time", "Generated Time", "time_generated", "Start Time", "start", "Receive Time"),
	means("outcome", "Action"),
	perhaps("Threat/Content Type", "Session End Reason"),
	means("received", "Bytes Received"),
	unused("Domain", "Serial #", "Serial Number", "Type", "Config Version", "NAT Source IP", "NAT Destination IP", "natsrc", "natdst", "Rule",
		"Rule Name", "Source User", "Destination User", "srcuser", "dstuser", "Virtual System", "Source Zone", "Destination Zone", "Inbound Interface",
		"Outbound Interface", "Log Action", "Time Logged", "Session ID", "Repeat Count", "Source Port", "sport", "NAT Source Port",
		"NAT Destination Port", "natsport", "natdport", "Flags", "IP Protocol", "Protocol", "proto", "Bytes", "Bytes Sent", "Packets", "Packets Sent",
		"Packets Received", "Elapsed Time (sec)", "Elapsed Time", "Category", "Sequence Number", "Action Flags", "Source Country",
		"Destination Country", "Source Location", "Destination Location", "Virtual System Name", "Action Source"),
)

var fortinet = group("Fortinet FortiOS 6.2, Log Message Reference, Traffic log fields (docs.fortinet.com)",
	means("address", "srcip"),
	means("device", "srcname"),
	means("destination", "dstip"),
	means("destination_host", "dstname"),
	means("port", "dstport"),
	means("received", "rcvdbyte"),
	perhaps("utmaction"),
	fallback("time", "eventtime", "itime"),
	// devname and devid name the firewall.
	unused("devname", "devid", "logid", "level", "vd", "tz", "srcport", "srcintf", "srcintfrole", "dstintf", "dstintfrole", "srccountry",
		"dstcountry", "poluuid", "sessionid", "policyid", "policyname", "policytype", "trandisp", "transip", "transport", "tranip", "tranport", "appid",
		"appcat", "apprisk", "applist", "duration", "sentbyte", "sentpkt", "rcvdpkt", "srcmac", "mastersrcmac", "osname", "srcserver", "user", "group"),
)

var zeekConn = group("Zeek base/protocols/conn/main.zeek, Conn::Info (docs.zeek.org): conn.log",
	means("time", "ts"),
	means("address", "id.orig_h"),
	means("destination", "id.resp_h"),
	means("port", "id.resp_p"),
	means("outcome", "conn_state"),
	means("received", "resp_bytes"),
	unused("uid", "id.orig_p", "orig_bytes", "local_orig", "local_resp", "missed_bytes", "history", "orig_pkts", "orig_ip_bytes", "resp_pkts",
		"resp_ip_bytes", "tunnel_parents", "orig_l2_addr", "resp_l2_addr", "ip_proto"),
)

var ownRoster = group("this program's own names",
	own("username", "email", "department", "manager", "manager_email", "name", "given_name", "surname", "distinguished_name"),
)

// A directory's export has several columns with one meaning, so nearly all of
// these are fallbacks, the surest first.
var directoryRoster = group("directories: Active Directory (Get-ADUser, csvde), LDAP, Microsoft Entra ID (user list, Get-MgUser), Google Workspace (user list, GAM)",
	fallback("username", "sAMAccountName", "onPremisesSamAccountName", "uid", "User", "User ID", "Login", "Login Name", "Logon Name",
		"User Logon Name", "Account", "Account Name", "UPN", "userPrincipalName"),
	fallback("email", "Mail", "primaryEmail", "E-Mail Address", "Email Address [Required]", "User E-Mail", "primarySmtpAddress"),
	fallback("name", "displayName", "cn", "name.fullName", "Full Name", "Common Name"),
	fallback("given_name", "First Name", "First Name [Required]"),
	fallback("surname", "sn", "Last Name", "Last Name [Required]"),
	fallback("distinguished_name", "DN", "onPremisesDistinguishedName"),
	fallback("department", "organizations.0.department", "ou", "Organizational Unit", "orgUnitPath", "Org Unit Path [Required]", "departmentNumber"),
	fallback("manager", "manager.displayName"),
	fallback("manager_email", "manager.userPrincipalName", "manager.mail", "managerMail"),
	unused("Title", "Job Title", "Office", "Office Location", "Company", "Company Name", "Enabled", "Account Enabled", "Object Class", "Object GUID",
		"SID", "City", "Country", "Usage Location", "Telephone Number", "Mobile Phone", "Employee Title", "Phone"),
)

var personnelRoster = group("personnel systems, as administrators save them",
	fallback("email", "Work E-Mail", "Primary Work E-Mail", "Business E-Mail"),
	fallback("name", "Employee Name", "Employee", "Worker"),
	fallback("department", "Dept", "Department Name", "Division", "Supervisory Organization", "Team"),
	fallback("manager", "Manager Name", "Line Manager", "Supervisor", "Supervisor Name", "Reports To", "Reporting To"),
	fallback("manager_email", "Manager E-Mail Address", "Manager's E-Mail", "Line Manager E-Mail", "Supervisor E-Mail", "Reports To E-Mail"),
	unused("Employee ID", "Employee Number", "Cost Center", "Location", "Hire Date", "Employment Status"),
)

var germanRoster = group("German exports of directories and personnel systems",
	fallback("username", "Benutzername", "Anmeldename", "Benutzeranmeldename", "Benutzerkennung", "Benutzer", "Konto", "Benutzerprinzipalname"),
	fallback("email", "E-Mail-Adresse", "Mailadresse", "Geschäftliche E-Mail"),
	fallback("name", "Anzeigename", "Vollständiger Name", "Mitarbeiter"),
	fallback("given_name", "Vorname"),
	fallback("surname", "Nachname", "Familienname"),
	fallback("department", "Abteilung", "Bereich", "Organisationseinheit"),
	fallback("manager", "Vorgesetzter", "Vorgesetzte", "Vorgesetzte/r", "Vorgesetzte:r", "Führungskraft", "Abteilungsleiter", "Abteilungsleitung"),
	fallback("manager_email", "E-Mail Vorgesetzter", "E-Mail Vorgesetzte/r", "E-Mail des Vorgesetzten", "E-Mail-Adresse des Vorgesetzten",
		"Vorgesetzter E-Mail", "E-Mail Führungskraft", "E-Mail der Führungskraft", "Führungskraft E-Mail", "E-Mail Manager"),
	unused("Personalnummer", "Kostenstelle", "Standort", "Position", "Telefon", "Büro"),
)

var frenchRoster = group("French exports of directories and personnel systems",
	fallback("username", "Nom d'utilisateur", "Nom d’utilisateur", "Identifiant", "Compte", "Utilisateur", "Nom principal de l'utilisateur"),
	fallback("email", "Courriel", "Adresse e-mail", "Adresse électronique", "Adresse de messagerie", "Mél"),
	fallback("name", "Nom complet", "Nom d'affichage", "Nom affiché"),
	fallback("given_name", "Prénom"),
	fallback("surname", "Nom de famille", "Nom"),
	fallback("department", "Département", "Service", "Direction", "Unité d'organisation"),
	fallback("manager", "Responsable", "Responsable hiérarchique", "Supérieur", "Supérieur hiérarchique", "Gestionnaire"),
	fallback("manager_email", "Courriel du responsable", "E-mail du responsable", "Adresse e-mail du responsable", "Courriel du supérieur",
		"E-mail du manager"),
	unused("Matricule", "Fonction", "Bureau", "Téléphone", "Site"),
)

var ownWaivers = group("this program's own names",
	own("device", "reason", "owner", "approver", "expires"),
)

var plainWaivers = group("lists of exemptions as change managers keep them",
	means("device", "Device GUID"),
	fallback("device", "Device Name"),
	means("device", "GUID"),
	fallback("device", "Computer", "Computer Name"),
	means("reason", "Justification"),
	means("owner", "Requested By", "Requester"),
	means("approver", "Approved By"),
	means("expires", "Expiry", "Expiry Date", "Expiration Date", "Expires On", "Valid Until"),
)

// Canonical gives the canonical columns of a kind of input, in the order of the
// documentation. They are also the keys under columns in the configuration.
func Canonical(kind Kind) []string {
	var names []string
	for _, h := range Vocabulary(kind)[0].Words {
		if h.Column != "" {
			names = append(names, h.Column)
		}
	}
	return names
}
