// Package column says which header text means which canonical column. It holds
// the vocabulary of every kind of input, finds the header of a table, and says
// what is missing where there is none. It knows texts only: no files and no
// values.
package column

// Kind says what a file was read as.
type Kind string

// The kinds of input.
const (
	Report      Kind = "report"
	Connections Kind = "connections"
	Roster      Kind = "roster"
	Waivers     Kind = "waivers"
)

// Kinds is the order in which inputs are read and listed: what joins to devices
// comes after them.
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
	// Column is the canonical column; empty for a text that is known and of no
	// use here.
	Column string
	// Fallback marks a text that counts only where no other column of the file
	// means the same: a firewall's log has four times for one connection.
	Fallback bool
	// Perhaps marks a name of an outcome that can mean other things: what stands
	// in the column tells.
	Perhaps bool
	// Unless has texts beside which this one means Otherwise, and nothing where
	// that is empty: next to a serial number, a log's device name is the
	// firewall's.
	Unless    []string
	Otherwise string
}

// Vocabulary gives every header text that is read as a column of kind, grouped
// by source. Texts are compared without case, spaces, "_", "-" and quotes. The
// configuration adds to it (see [NewMatcher]).
func Vocabulary(kind Kind) []Group {
	switch kind {
	case Report:
		return []Group{ownReport, deviceStatusExport, consoleWords, devicesList, administratorsReport, germanReport,
			intune, jamf, fleetHosts, osquery, configMgr, lansweeper, glpi, snipeIT, serialNumbers}
	case Connections:
		return []Group{ownConnections, plainConnections, germanConnections, paloAlto, fortinet, zeekConn}
	case Roster:
		return []Group{ownRoster, directoryRoster, personnelRoster, germanRoster, frenchRoster}
	case Waivers:
		return []Group{ownWaivers, plainWaivers}
	}
	return nil
}

// The canonical columns are those of the devices.csv that this program writes,
// with the few more that exports have.
var ownReport = Group{"devices.csv of this program", []Word{
	{Text: "device_guid", Column: "device_guid"},
	{Text: "device_name", Column: "device_name"},
	{Text: "hostname", Column: "hostname"},
	{Text: "username", Column: "username"},
	{Text: "email", Column: "email"},
	{Text: "department", Column: "department"},
	{Text: "organization", Column: "organization"},
	{Text: "os", Column: "os"},
	{Text: "os_version", Column: "os_version"},
	{Text: "app_version", Column: "app_version"},
	{Text: "status", Column: "status"},
	{Text: "destination", Column: "destination"},
	{Text: "destination_uid", Column: "destination_uid"},
	{Text: "port", Column: "port"},
	{Text: "last_connected", Column: "last_connected"},
	{Text: "last_activity", Column: "last_activity"},
	{Text: "address", Column: "address"},
	{Text: "remote_address", Column: "remote_address"},
	{Text: "destination_kind"}, {Text: "version_status"}, {Text: "port_status"},
	{Text: "verdict"}, {Text: "action"}, {Text: "waived_until"}, {Text: "stale"},
	{Text: "affected_since"}, {Text: "source"}, {Text: "superseded_by"},
}}

var deviceStatusExport = Group{"Device Status report as CSV (API resource DeviceBackupReport), 34 columns as of 2022", []Word{
	{Text: "deviceUid", Column: "device_guid"},
	{Text: "deviceName", Column: "device_name"},
	{Text: "deviceOsHostname", Column: "hostname"},
	{Text: "orgName", Column: "organization"},
	{Text: "version", Column: "app_version", Unless: []string{"codename", "OScode"}, Otherwise: "os_version"},
	{Text: "osVersion", Column: "os_version"},
	{Text: "destinationUid", Column: "destination_uid"},
	{Text: "destinationName", Column: "destination"},
	{Text: "remoteAddress", Column: "remote_address"},
	{Text: "lastConnectedDate", Column: "last_connected"},
	{Text: "lastActivity", Column: "last_activity"},
	// Identities of other things than the device, and figures about its backup.
	{Text: "archiveGuid"}, {Text: "orgUid"}, {Text: "orgExtRef"}, {Text: "userUid"},
	{Text: "userExtRef"}, {Text: "deviceExtRef"}, {Text: "serverUid"}, {Text: "serverName"},
	{Text: "userStatus"}, {Text: "alertStates"}, {Text: "creationDate"},
	{Text: "selectedBytes"}, {Text: "backupCompletePercentage"}, {Text: "archiveBytes"},
	{Text: "coldStorage"}, {Text: "lastCompletedBackupDate"},
	{Text: "mostRecentUserProfileCreationResult"}, {Text: "mostRecentUserProfileBackupResult"},
}}

var consoleWords = Group{"the administration console's Reporting table, as people copy it", []Word{
	{Text: "GUID", Column: "device_guid"},
	{Text: "Device GUID", Column: "device_guid"},
	{Text: "Device UID", Column: "device_guid"},
	{Text: "Computer GUID", Column: "device_guid"},
	{Text: "Device Name", Column: "device_name"},
	{Text: "Device", Column: "device_name", Fallback: true},
	{Text: "Host Name", Column: "hostname"},
	{Text: "OS Hostname", Column: "hostname"},
	{Text: "User", Column: "username", Fallback: true},
	{Text: "User Name", Column: "username"},
	{Text: "E-Mail Address", Column: "email"},
	{Text: "User E-Mail", Column: "email"},
	{Text: "Organization Name", Column: "organization"},
	{Text: "Organisation", Column: "organization"},
	{Text: "Org", Column: "organization"},
	{Text: "Operating System", Column: "os", Fallback: true},
	{Text: "Code42 App Version", Column: "app_version"},
	{Text: "CrashPlan App Version", Column: "app_version"},
	{Text: "Code42 Version", Column: "app_version"},
	{Text: "Device Status", Column: "status"},
	{Text: "Destination Name", Column: "destination"},
	{Text: "Destination UID", Column: "destination_uid"},
	{Text: "Destination GUID", Column: "destination_uid"},
	{Text: "Last Activity", Column: "last_activity"},
	{Text: "Last Activity Date", Column: "last_activity"},
	{Text: "Last Connected", Column: "last_connected"},
	{Text: "Last Connection", Column: "last_connected"},
	{Text: "Remote Address", Column: "remote_address"},
	{Text: "User UID"}, {Text: "User Status"}, {Text: "Archive GUID"}, {Text: "Alert States"},
	{Text: "Selected"}, {Text: "Stored"}, {Text: "Cold Storage"}, {Text: "% Complete"},
}}

var devicesList = Group{"code42 devices list -f CSV, with its options", []Word{
	{Text: "guid", Column: "device_guid"},
	{Text: "name", Column: "device_name", Fallback: true, Unless: []string{"codename"}, Otherwise: "os"},
	{Text: "osHostname", Column: "hostname"},
	{Text: "lastConnected", Column: "last_connected"},
	{Text: "productVersion", Column: "app_version"},
	{Text: "osName", Column: "os"},
	// computerId is a number of the server's database, no GUID.
	{Text: "computerId"}, {Text: "backupUsage"}, {Text: "archiveCount"}, {Text: "totalStorageBytes"},
	{Text: "legalHoldUid"}, {Text: "legalHoldName"}, {Text: "active"}, {Text: "blocked"},
	{Text: "alertStates"},
}}

var administratorsReport = Group{"CSV files that administrators' own scripts write", []Word{
	{Text: "Computer", Column: "device_name"},
	{Text: "Computer Name", Column: "device_name"},
	{Text: "Last Seen", Column: "last_connected", Fallback: true},
	{Text: "Crashplan Version", Column: "app_version"},
	{Text: "App Version", Column: "app_version"},
	{Text: "OS Name", Column: "os"},
	{Text: "IP Address", Column: "address", Fallback: true},
	{Text: "Internal IP", Column: "address"},
	{Text: "External IP", Column: "remote_address"},
	{Text: "DeviceStatus", Column: "status"},
	{Text: "Mail", Column: "email"},
	{Text: "Dept", Column: "department"},
	{Text: "Destination Port", Column: "port"},
	{Text: "Java Version"}, {Text: "Alert State"}, {Text: "Alerts"}, {Text: "Last Backup Date"},
	{Text: "Percent Complete"}, {Text: "SelectedFiles"}, {Text: "LastBackup"},
	{Text: "LastCompletedBackup"}, {Text: "BytesToDo"}, {Text: "FilesToDo"},
}}

var germanReport = Group{"lists that German administrators keep", []Word{
	{Text: "Gerätename", Column: "device_name", Fallback: true},
	{Text: "Rechnername", Column: "device_name", Fallback: true},
	{Text: "Benutzername", Column: "username", Fallback: true},
	{Text: "Benutzer", Column: "username", Fallback: true},
	{Text: "E-Mail-Adresse", Column: "email", Fallback: true},
	{Text: "Abteilung", Column: "department", Fallback: true},
	{Text: "Betriebssystem", Column: "os", Fallback: true},
	{Text: "Letzte Verbindung", Column: "last_connected", Fallback: true},
	{Text: "Zuletzt gesehen", Column: "last_connected", Fallback: true},
}}

// Lists of other tools hold several columns of one meaning side by side, so all
// of these are fallbacks, the surest first.
var intune = Group{"Microsoft Intune: the export of all devices, and Graph's managedDevice", []Word{
	{Text: "Device ID", Column: "device_guid", Fallback: true},
	{Text: "managedDeviceId", Column: "device_guid", Fallback: true},
	{Text: "azureADDeviceId", Column: "device_guid", Fallback: true},
	{Text: "Primary user UPN", Column: "username", Fallback: true},
	{Text: "userPrincipalName", Column: "username", Fallback: true},
	{Text: "Primary user email address", Column: "email", Fallback: true},
	{Text: "Last check-in", Column: "last_connected", Fallback: true},
	{Text: "lastSyncDateTime", Column: "last_connected", Fallback: true},
	{Text: "WiFiIPv4Address", Column: "address", Fallback: true},
	{Text: "Microsoft Entra Device ID"}, {Text: "Enrollment date"}, {Text: "Last EAS sync time"},
	{Text: "Manufacturer"}, {Text: "Model"}, {Text: "Primary user display name"}, {Text: "SkuFamily"},
	{Text: "Compliance"}, {Text: "Ownership"}, {Text: "Managed by"}, {Text: "JoinType"}, {Text: "Encrypted"},
}}

var jamf = Group{"Jamf Pro: an advanced search of computers as CSV", []Word{
	{Text: "UDID", Column: "device_guid", Fallback: true},
	{Text: "Operating System Version", Column: "os_version", Fallback: true},
	{Text: "Last Inventory Update", Column: "last_connected", Fallback: true},
	{Text: "Last Reported IP Address", Column: "address", Fallback: true},
	{Text: "Jamf Pro Computer ID"}, {Text: "JSS Computer ID"}, {Text: "Full Name"}, {Text: "Position"},
	{Text: "Building"}, {Text: "Model Identifier"}, {Text: "Managed"}, {Text: "Supervised"},
}}

var fleetHosts = Group{"Fleet: the export of hosts", []Word{
	{Text: "uuid", Column: "device_guid", Fallback: true},
	{Text: "display_name", Column: "device_name", Fallback: true},
	{Text: "host_display_name", Column: "device_name", Fallback: true},
	{Text: "platform", Column: "os", Fallback: true},
	{Text: "seen_time", Column: "last_connected", Fallback: true},
	{Text: "last_fetched", Column: "last_connected", Fallback: true},
	{Text: "team_name", Column: "organization", Fallback: true},
	{Text: "primary_ip", Column: "address", Fallback: true},
	{Text: "public_ip", Column: "remote_address", Fallback: true},
	{Text: "id"}, {Text: "osquery_version"}, {Text: "orbit_version"}, {Text: "fleet_desktop_version"},
}}

var osquery = Group{"osquery: the tables system_info and os_version, and the log of results", []Word{
	{Text: "hostIdentifier", Column: "device_name", Fallback: true},
	{Text: "local_hostname", Column: "hostname", Fallback: true},
	{Text: "calendarTime", Column: "last_connected", Fallback: true},
	{Text: "codename"}, {Text: "platform_like"}, {Text: "major"}, {Text: "minor"}, {Text: "patch"}, {Text: "build"}, {Text: "arch"},
}}

var configMgr = Group{"Microsoft Configuration Manager: the console's list, Get-CMDevice, v_R_System", []Word{
	{Text: "SMS Unique Identifier", Column: "device_guid", Fallback: true},
	{Text: "SMS_Unique_Identifier0", Column: "device_guid", Fallback: true},
	{Text: "SMSID", Column: "device_guid", Fallback: true},
	{Text: "SMBIOS GUID", Column: "device_guid", Fallback: true},
	{Text: "SMBIOS_GUID0", Column: "device_guid", Fallback: true},
	{Text: "Name0", Column: "device_name", Fallback: true},
	{Text: "Netbios_Name0", Column: "device_name", Fallback: true},
	{Text: "DeviceOS", Column: "os", Fallback: true},
	{Text: "Operating_System_Name_and0", Column: "os", Fallback: true},
	{Text: "Operating System Build", Column: "os_version", Fallback: true},
	{Text: "DeviceOSBuild", Column: "os_version", Fallback: true},
	{Text: "Build01", Column: "os_version", Fallback: true},
	{Text: "Primary User(s)", Column: "username", Fallback: true},
	{Text: "PrimaryUser", Column: "username", Fallback: true},
	{Text: "User_Name0", Column: "username", Fallback: true},
	{Text: "Last Logon User", Column: "username", Fallback: true},
	{Text: "Currently Logged on User", Column: "username", Fallback: true},
	{Text: "Last Active Time", Column: "last_connected", Fallback: true},
	{Text: "LastDDR", Column: "last_connected", Fallback: true},
	{Text: "Last_Logon_Timestamp0", Column: "last_connected", Fallback: true},
	{Text: "Resource ID"}, {Text: "Site Code"}, {Text: "Client Activity"}, {Text: "Domain"}, {Text: "MACAddress"},
}}

var lansweeper = Group{"Lansweeper: reports on assets", []Word{
	{Text: "AssetName", Column: "device_name", Fallback: true}, // Snipe-IT's too
	{Text: "OScode", Column: "os_version", Fallback: true},
	{Text: "Last successful scan", Column: "last_connected", Fallback: true},
	{Text: "AssetID"}, {Text: "AssetUnique"}, {Text: "Userdomain"}, {Text: "Firstseen"}, {Text: "Lasttried"},
	{Text: "BuildNumber"}, {Text: "Asset Type"}, {Text: "IPLocation"}, {Text: "icon"},
}}

var glpi = Group{"GLPI: the export of computers, in English, French and German", []Word{
	{Text: "Nom", Column: "device_name", Fallback: true},
	{Text: "Operating System - Name", Column: "os", Fallback: true},
	{Text: "Système d'exploitation - Nom", Column: "os", Fallback: true},
	{Text: "Betriebssystem - Name", Column: "os", Fallback: true},
	{Text: "Système d'exploitation - Version", Column: "os_version", Fallback: true},
	{Text: "Betriebssystem - Version", Column: "os_version", Fallback: true},
	{Text: "Alternate Username", Column: "username", Fallback: true},
	{Text: "Utilisateur", Column: "username", Fallback: true},
	{Text: "Entity", Column: "organization", Fallback: true},
	{Text: "Entité", Column: "organization", Fallback: true},
	{Text: "Last contact", Column: "last_connected", Fallback: true},
	{Text: "Dernier contact", Column: "last_connected", Fallback: true},
	{Text: "Last inventory", Column: "last_connected", Fallback: true},
	{Text: "Last update", Column: "last_connected", Fallback: true},
	{Text: "Dernière modification", Column: "last_connected", Fallback: true},
	{Text: "Letzte Änderung", Column: "last_connected", Fallback: true},
}}

var snipeIT = Group{"Snipe-IT: the export of assets", []Word{
	{Text: "Checked Out To", Column: "username", Fallback: true},
	{Text: "Checked Out", Column: "username", Fallback: true},
	{Text: "Company", Column: "organization", Fallback: true},
	{Text: "Model No."}, {Text: "Purchased"}, {Text: "Checkout Date"}, {Text: "Last Audit"}, {Text: "Location"},
}}

// A serial number is the last that tells devices apart. Snipe-IT's may be blank,
// its tag is not.
var serialNumbers = Group{"serial numbers, in the lists of all these tools", []Word{
	{Text: "Serial Number", Column: "device_guid", Fallback: true},
	{Text: "hardware_serial", Column: "device_guid", Fallback: true},
	{Text: "Numéro de série", Column: "device_guid", Fallback: true},
	{Text: "Seriennummer", Column: "device_guid", Fallback: true},
	{Text: "Asset Tag", Column: "device_guid", Fallback: true},
	{Text: "Serial", Column: "device_guid", Fallback: true},
}}

var ownConnections = Group{"this program's own names", []Word{
	{Text: "device", Column: "device"},
	{Text: "address", Column: "address"},
	{Text: "destination", Column: "destination"},
	{Text: "destination_host", Column: "destination_host"},
	{Text: "port", Column: "port"},
	{Text: "date", Column: "date"},
	{Text: "time", Column: "time"},
	{Text: "outcome", Column: "outcome"},
	{Text: "received", Column: "received"},
	{Text: "application", Column: "application"},
}}

var plainConnections = Group{"CSV files that administrators' own scripts write, netstat and lsof listings among them", []Word{
	{Text: "Device GUID", Column: "device"},
	{Text: "deviceUid", Column: "device"},
	{Text: "GUID", Column: "device"},
	{Text: "Computer", Column: "device", Fallback: true},
	{Text: "Computer Name", Column: "device", Fallback: true},
	{Text: "Hostname", Column: "device", Fallback: true},
	{Text: "Device Name", Column: "device", Fallback: true, Unless: []string{"Serial #", "Serial Number", "Serial", "Virtual System"}},
	{Text: "Source IP", Column: "address"},
	{Text: "Source", Column: "address", Fallback: true},
	{Text: "Local Address", Column: "address"},
	{Text: "IP Address", Column: "address", Fallback: true},
	{Text: "Destination IP", Column: "destination", Fallback: true},
	{Text: "Remote Address", Column: "destination"},
	{Text: "Foreign Address", Column: "destination"},
	{Text: "Destination Host", Column: "destination_host"},
	{Text: "Remote Port", Column: "port"},
	{Text: "Dest Port", Column: "port"},
	{Text: "Service", Column: "port", Fallback: true},
	{Text: "app", Column: "application"},
	{Text: "Received Bytes", Column: "received"},
	{Text: "Empfangene Bytes", Column: "received"},
	{Text: "rcvd", Column: "received"},
	{Text: "Action Taken", Column: "outcome"},
	{Text: "Rule Action", Column: "outcome"},
	{Text: "FW Action", Column: "outcome"},
	{Text: "Firewall Action", Column: "outcome"},
	{Text: "Policy Action", Column: "outcome"},
	{Text: "act", Column: "outcome"},
	{Text: "disp", Column: "outcome"},
	{Text: "Disposition", Column: "outcome"},
	{Text: "Verdict", Column: "outcome"},
	{Text: "Decision", Column: "outcome"},
	{Text: "Log Subtype", Column: "outcome"},
	{Text: "Aktion", Column: "outcome"},
	{Text: "Entscheidung", Column: "outcome"},
	{Text: "Connection State", Column: "outcome"},
	{Text: "Status", Column: "outcome", Perhaps: true},
	{Text: "State", Column: "outcome", Perhaps: true},
	{Text: "Event", Column: "outcome", Perhaps: true},
	{Text: "Event Type", Column: "outcome", Perhaps: true},
	{Text: "Result", Column: "outcome", Perhaps: true},
	{Text: "msg", Column: "outcome", Perhaps: true},
	{Text: "Subtype", Column: "outcome", Perhaps: true},
	{Text: "Zustand", Column: "outcome", Perhaps: true},
	{Text: "Ereignis", Column: "outcome", Perhaps: true},
	{Text: "Ergebnis", Column: "outcome", Perhaps: true},
	{Text: "Timestamp", Column: "time", Fallback: true},
	{Text: "Date Time", Column: "time", Fallback: true},
	{Text: "Last Seen", Column: "time", Fallback: true},
}}

var germanConnections = Group{"German exports of firewalls", []Word{
	{Text: "Gerät", Column: "device", Fallback: true},
	{Text: "Gerätename", Column: "device", Fallback: true},
	{Text: "Computername", Column: "device", Fallback: true},
	{Text: "Rechner", Column: "device", Fallback: true},
	{Text: "Rechnername", Column: "device", Fallback: true},
	{Text: "Quelle", Column: "address", Fallback: true},
	{Text: "Quell-IP", Column: "address", Fallback: true},
	{Text: "Quelladresse", Column: "address", Fallback: true},
	{Text: "IP-Adresse", Column: "address", Fallback: true},
	{Text: "Ziel", Column: "destination", Fallback: true},
	{Text: "Ziel-IP", Column: "destination", Fallback: true},
	{Text: "Zieladresse", Column: "destination", Fallback: true},
	{Text: "Zielhost", Column: "destination_host", Fallback: true},
	{Text: "Zielport", Column: "port", Fallback: true},
	{Text: "Dienst", Column: "port", Fallback: true},
	{Text: "Zeit", Column: "time", Fallback: true},
	{Text: "Zeitstempel", Column: "time", Fallback: true},
	{Text: "Zeitpunkt", Column: "time", Fallback: true},
	{Text: "Uhrzeit", Column: "time", Fallback: true},
	{Text: "Datum", Column: "date", Fallback: true},
	{Text: "Quellport"}, {Text: "Protokoll"}, {Text: "Regel"}, {Text: "Richtung"}, {Text: "Schnittstelle"},
}}

var paloAlto = Group{"Palo Alto Networks PAN-OS 9.1, Traffic Log Fields (docs.paloaltonetworks.com): names of the web interface's CSV export and of the log", []Word{
	{Text: "Source address", Column: "address"},
	{Text: "src", Column: "address"},
	{Text: "Source Hostname", Column: "device"},
	{Text: "src_host", Column: "device"},
	{Text: "Destination address", Column: "destination"},
	{Text: "dst", Column: "destination"},
	{Text: "Destination Hostname", Column: "destination_host"},
	{Text: "dst_host", Column: "destination_host"},
	{Text: "Destination Port", Column: "port"},
	{Text: "dport", Column: "port"},
	{Text: "Generate Time", Column: "time", Fallback: true},
	{Text: "Generated Time", Column: "time", Fallback: true},
	{Text: "time_generated", Column: "time", Fallback: true},
	{Text: "Start Time", Column: "time", Fallback: true},
	{Text: "start", Column: "time", Fallback: true},
	{Text: "Receive Time", Column: "time", Fallback: true},
	{Text: "Action", Column: "outcome"},
	{Text: "Threat/Content Type", Column: "outcome", Perhaps: true},
	{Text: "Session End Reason", Column: "outcome", Perhaps: true},
	{Text: "Bytes Received", Column: "received"},
	{Text: "Domain"}, {Text: "Serial #"}, {Text: "Serial Number"}, {Text: "Type"},
	{Text: "Config Version"}, {Text: "NAT Source IP"},
	{Text: "NAT Destination IP"}, {Text: "natsrc"}, {Text: "natdst"}, {Text: "Rule"},
	{Text: "Rule Name"}, {Text: "Source User"}, {Text: "Destination User"}, {Text: "srcuser"},
	{Text: "dstuser"}, {Text: "Virtual System"},
	{Text: "Source Zone"}, {Text: "Destination Zone"}, {Text: "Inbound Interface"},
	{Text: "Outbound Interface"}, {Text: "Log Action"}, {Text: "Time Logged"}, {Text: "Session ID"},
	{Text: "Repeat Count"}, {Text: "Source Port"}, {Text: "sport"}, {Text: "NAT Source Port"},
	{Text: "NAT Destination Port"}, {Text: "natsport"}, {Text: "natdport"}, {Text: "Flags"},
	{Text: "IP Protocol"}, {Text: "Protocol"}, {Text: "proto"}, {Text: "Bytes"}, {Text: "Bytes Sent"},
	{Text: "Packets"}, {Text: "Packets Sent"}, {Text: "Packets Received"},
	{Text: "Elapsed Time (sec)"}, {Text: "Elapsed Time"}, {Text: "Category"},
	{Text: "Sequence Number"}, {Text: "Action Flags"}, {Text: "Source Country"},
	{Text: "Destination Country"}, {Text: "Source Location"}, {Text: "Destination Location"},
	{Text: "Virtual System Name"}, {Text: "Action Source"},
}}

var fortinet = Group{"Fortinet FortiOS 6.2, Log Message Reference, Traffic log fields (docs.fortinet.com)", []Word{
	{Text: "srcip", Column: "address"},
	{Text: "srcname", Column: "device"},
	{Text: "dstip", Column: "destination"},
	{Text: "dstname", Column: "destination_host"},
	{Text: "dstport", Column: "port"},
	{Text: "rcvdbyte", Column: "received"},
	{Text: "utmaction", Column: "outcome", Perhaps: true},
	{Text: "eventtime", Column: "time", Fallback: true},
	{Text: "itime", Column: "time", Fallback: true},
	// devname and devid are the firewall.
	{Text: "devname"}, {Text: "devid"}, {Text: "logid"}, {Text: "level"}, {Text: "vd"}, {Text: "tz"},
	{Text: "srcport"}, {Text: "srcintf"}, {Text: "srcintfrole"}, {Text: "dstintf"},
	{Text: "dstintfrole"}, {Text: "srccountry"}, {Text: "dstcountry"}, {Text: "poluuid"},
	{Text: "sessionid"}, {Text: "policyid"}, {Text: "policyname"}, {Text: "policytype"},
	{Text: "trandisp"}, {Text: "transip"}, {Text: "transport"}, {Text: "tranip"},
	{Text: "tranport"}, {Text: "appid"}, {Text: "appcat"}, {Text: "apprisk"}, {Text: "applist"},
	{Text: "duration"}, {Text: "sentbyte"}, {Text: "sentpkt"}, {Text: "rcvdpkt"},
	{Text: "srcmac"}, {Text: "mastersrcmac"}, {Text: "osname"}, {Text: "srcserver"},
	{Text: "user"}, {Text: "group"},
}}

var zeekConn = Group{"Zeek base/protocols/conn/main.zeek, Conn::Info (docs.zeek.org): conn.log", []Word{
	{Text: "ts", Column: "time"},
	{Text: "id.orig_h", Column: "address"},
	{Text: "id.resp_h", Column: "destination"},
	{Text: "id.resp_p", Column: "port"},
	{Text: "conn_state", Column: "outcome"},
	{Text: "resp_bytes", Column: "received"},
	{Text: "uid"}, {Text: "id.orig_p"}, {Text: "orig_bytes"},
	{Text: "local_orig"}, {Text: "local_resp"}, {Text: "missed_bytes"}, {Text: "history"},
	{Text: "orig_pkts"}, {Text: "orig_ip_bytes"}, {Text: "resp_pkts"}, {Text: "resp_ip_bytes"},
	{Text: "tunnel_parents"}, {Text: "orig_l2_addr"}, {Text: "resp_l2_addr"}, {Text: "ip_proto"},
}}

var ownRoster = Group{"this program's own names", []Word{
	{Text: "username", Column: "username"},
	{Text: "email", Column: "email"},
	{Text: "department", Column: "department"},
	{Text: "manager", Column: "manager"},
	{Text: "manager_email", Column: "manager_email"},
	{Text: "name", Column: "name"},
	{Text: "given_name", Column: "given_name"},
	{Text: "surname", Column: "surname"},
	{Text: "distinguished_name", Column: "distinguished_name"},
}}

// A directory's export holds several columns of one meaning side by side, so
// nearly all of these are fallbacks, the surest first.
var directoryRoster = Group{"directories: Active Directory (Get-ADUser, csvde), LDAP, Microsoft Entra ID (user list, Get-MgUser), Google Workspace (user list, GAM)", []Word{
	{Text: "sAMAccountName", Column: "username", Fallback: true},
	{Text: "onPremisesSamAccountName", Column: "username", Fallback: true},
	{Text: "uid", Column: "username", Fallback: true},
	{Text: "User", Column: "username", Fallback: true},
	{Text: "User ID", Column: "username", Fallback: true},
	{Text: "Login", Column: "username", Fallback: true},
	{Text: "Login Name", Column: "username", Fallback: true},
	{Text: "Logon Name", Column: "username", Fallback: true},
	{Text: "User Logon Name", Column: "username", Fallback: true},
	{Text: "Account", Column: "username", Fallback: true},
	{Text: "Account Name", Column: "username", Fallback: true},
	{Text: "UPN", Column: "username", Fallback: true},
	{Text: "userPrincipalName", Column: "username", Fallback: true},
	{Text: "Mail", Column: "email", Fallback: true},
	{Text: "primaryEmail", Column: "email", Fallback: true},
	{Text: "E-Mail Address", Column: "email", Fallback: true},
	{Text: "Email Address [Required]", Column: "email", Fallback: true},
	{Text: "User E-Mail", Column: "email", Fallback: true},
	{Text: "primarySmtpAddress", Column: "email", Fallback: true},
	{Text: "displayName", Column: "name", Fallback: true},
	{Text: "cn", Column: "name", Fallback: true},
	{Text: "name.fullName", Column: "name", Fallback: true},
	{Text: "Full Name", Column: "name", Fallback: true},
	{Text: "Common Name", Column: "name", Fallback: true},
	{Text: "First Name", Column: "given_name", Fallback: true},
	{Text: "First Name [Required]", Column: "given_name", Fallback: true},
	{Text: "sn", Column: "surname", Fallback: true},
	{Text: "Last Name", Column: "surname", Fallback: true},
	{Text: "Last Name [Required]", Column: "surname", Fallback: true},
	{Text: "DN", Column: "distinguished_name", Fallback: true},
	{Text: "onPremisesDistinguishedName", Column: "distinguished_name", Fallback: true},
	{Text: "organizations.0.department", Column: "department", Fallback: true},
	{Text: "ou", Column: "department", Fallback: true},
	{Text: "Organizational Unit", Column: "department", Fallback: true},
	{Text: "orgUnitPath", Column: "department", Fallback: true},
	{Text: "Org Unit Path [Required]", Column: "department", Fallback: true},
	{Text: "departmentNumber", Column: "department", Fallback: true},
	{Text: "manager.displayName", Column: "manager", Fallback: true},
	{Text: "manager.userPrincipalName", Column: "manager_email", Fallback: true},
	{Text: "manager.mail", Column: "manager_email", Fallback: true},
	{Text: "managerMail", Column: "manager_email", Fallback: true},
	{Text: "Title"}, {Text: "Job Title"}, {Text: "Office"}, {Text: "Office Location"}, {Text: "Company"},
	{Text: "Company Name"}, {Text: "Enabled"}, {Text: "Account Enabled"}, {Text: "Object Class"},
	{Text: "Object GUID"}, {Text: "SID"}, {Text: "City"}, {Text: "Country"}, {Text: "Usage Location"},
	{Text: "Telephone Number"}, {Text: "Mobile Phone"}, {Text: "Employee Title"}, {Text: "Phone"},
}}

var personnelRoster = Group{"personnel systems, as administrators save them", []Word{
	{Text: "Work E-Mail", Column: "email", Fallback: true},
	{Text: "Primary Work E-Mail", Column: "email", Fallback: true},
	{Text: "Business E-Mail", Column: "email", Fallback: true},
	{Text: "Employee Name", Column: "name", Fallback: true},
	{Text: "Employee", Column: "name", Fallback: true},
	{Text: "Worker", Column: "name", Fallback: true},
	{Text: "Dept", Column: "department", Fallback: true},
	{Text: "Department Name", Column: "department", Fallback: true},
	{Text: "Division", Column: "department", Fallback: true},
	{Text: "Supervisory Organization", Column: "department", Fallback: true},
	{Text: "Team", Column: "department", Fallback: true},
	{Text: "Manager Name", Column: "manager", Fallback: true},
	{Text: "Line Manager", Column: "manager", Fallback: true},
	{Text: "Supervisor", Column: "manager", Fallback: true},
	{Text: "Supervisor Name", Column: "manager", Fallback: true},
	{Text: "Reports To", Column: "manager", Fallback: true},
	{Text: "Reporting To", Column: "manager", Fallback: true},
	{Text: "Manager E-Mail Address", Column: "manager_email", Fallback: true},
	{Text: "Manager's E-Mail", Column: "manager_email", Fallback: true},
	{Text: "Line Manager E-Mail", Column: "manager_email", Fallback: true},
	{Text: "Supervisor E-Mail", Column: "manager_email", Fallback: true},
	{Text: "Reports To E-Mail", Column: "manager_email", Fallback: true},
	{Text: "Employee ID"}, {Text: "Employee Number"}, {Text: "Cost Center"}, {Text: "Location"},
	{Text: "Hire Date"}, {Text: "Employment Status"},
}}

var germanRoster = Group{"German exports of directories and personnel systems", []Word{
	{Text: "Benutzername", Column: "username", Fallback: true},
	{Text: "Anmeldename", Column: "username", Fallback: true},
	{Text: "Benutzeranmeldename", Column: "username", Fallback: true},
	{Text: "Benutzerkennung", Column: "username", Fallback: true},
	{Text: "Benutzer", Column: "username", Fallback: true},
	{Text: "Konto", Column: "username", Fallback: true},
	{Text: "Benutzerprinzipalname", Column: "username", Fallback: true},
	{Text: "E-Mail-Adresse", Column: "email", Fallback: true},
	{Text: "Mailadresse", Column: "email", Fallback: true},
	{Text: "Geschäftliche E-Mail", Column: "email", Fallback: true},
	{Text: "Anzeigename", Column: "name", Fallback: true},
	{Text: "Vollständiger Name", Column: "name", Fallback: true},
	{Text: "Mitarbeiter", Column: "name", Fallback: true},
	{Text: "Vorname", Column: "given_name", Fallback: true},
	{Text: "Nachname", Column: "surname", Fallback: true},
	{Text: "Familienname", Column: "surname", Fallback: true},
	{Text: "Abteilung", Column: "department", Fallback: true},
	{Text: "Bereich", Column: "department", Fallback: true},
	{Text: "Organisationseinheit", Column: "department", Fallback: true},
	{Text: "Vorgesetzter", Column: "manager", Fallback: true},
	{Text: "Vorgesetzte", Column: "manager", Fallback: true},
	{Text: "Vorgesetzte/r", Column: "manager", Fallback: true},
	{Text: "Vorgesetzte:r", Column: "manager", Fallback: true},
	{Text: "Führungskraft", Column: "manager", Fallback: true},
	{Text: "Abteilungsleiter", Column: "manager", Fallback: true},
	{Text: "Abteilungsleitung", Column: "manager", Fallback: true},
	{Text: "E-Mail Vorgesetzter", Column: "manager_email", Fallback: true},
	{Text: "E-Mail Vorgesetzte/r", Column: "manager_email", Fallback: true},
	{Text: "E-Mail des Vorgesetzten", Column: "manager_email", Fallback: true},
	{Text: "E-Mail-Adresse des Vorgesetzten", Column: "manager_email", Fallback: true},
	{Text: "Vorgesetzter E-Mail", Column: "manager_email", Fallback: true},
	{Text: "E-Mail Führungskraft", Column: "manager_email", Fallback: true},
	{Text: "E-Mail der Führungskraft", Column: "manager_email", Fallback: true},
	{Text: "Führungskraft E-Mail", Column: "manager_email", Fallback: true},
	{Text: "E-Mail Manager", Column: "manager_email", Fallback: true},
	{Text: "Personalnummer"}, {Text: "Kostenstelle"}, {Text: "Standort"}, {Text: "Position"}, {Text: "Telefon"}, {Text: "Büro"},
}}

var frenchRoster = Group{"French exports of directories and personnel systems", []Word{
	{Text: "Nom d'utilisateur", Column: "username", Fallback: true},
	{Text: "Nom d’utilisateur", Column: "username", Fallback: true},
	{Text: "Identifiant", Column: "username", Fallback: true},
	{Text: "Compte", Column: "username", Fallback: true},
	{Text: "Utilisateur", Column: "username", Fallback: true},
	{Text: "Nom principal de l'utilisateur", Column: "username", Fallback: true},
	{Text: "Courriel", Column: "email", Fallback: true},
	{Text: "Adresse e-mail", Column: "email", Fallback: true},
	{Text: "Adresse électronique", Column: "email", Fallback: true},
	{Text: "Adresse de messagerie", Column: "email", Fallback: true},
	{Text: "Mél", Column: "email", Fallback: true},
	{Text: "Nom complet", Column: "name", Fallback: true},
	{Text: "Nom d'affichage", Column: "name", Fallback: true},
	{Text: "Nom affiché", Column: "name", Fallback: true},
	{Text: "Prénom", Column: "given_name", Fallback: true},
	{Text: "Nom de famille", Column: "surname", Fallback: true},
	{Text: "Nom", Column: "surname", Fallback: true},
	{Text: "Département", Column: "department", Fallback: true},
	{Text: "Service", Column: "department", Fallback: true},
	{Text: "Direction", Column: "department", Fallback: true},
	{Text: "Unité d'organisation", Column: "department", Fallback: true},
	{Text: "Responsable", Column: "manager", Fallback: true},
	{Text: "Responsable hiérarchique", Column: "manager", Fallback: true},
	{Text: "Supérieur", Column: "manager", Fallback: true},
	{Text: "Supérieur hiérarchique", Column: "manager", Fallback: true},
	{Text: "Gestionnaire", Column: "manager", Fallback: true},
	{Text: "Courriel du responsable", Column: "manager_email", Fallback: true},
	{Text: "E-mail du responsable", Column: "manager_email", Fallback: true},
	{Text: "Adresse e-mail du responsable", Column: "manager_email", Fallback: true},
	{Text: "Courriel du supérieur", Column: "manager_email", Fallback: true},
	{Text: "E-mail du manager", Column: "manager_email", Fallback: true},
	{Text: "Matricule"}, {Text: "Fonction"}, {Text: "Bureau"}, {Text: "Téléphone"}, {Text: "Site"},
}}

var ownWaivers = Group{"this program's own names", []Word{
	{Text: "device", Column: "device"},
	{Text: "reason", Column: "reason"},
	{Text: "owner", Column: "owner"},
	{Text: "approver", Column: "approver"},
	{Text: "expires", Column: "expires"},
}}

var plainWaivers = Group{"lists of exemptions as change managers keep them", []Word{
	{Text: "Device GUID", Column: "device"},
	{Text: "Device Name", Column: "device", Fallback: true},
	{Text: "GUID", Column: "device"},
	{Text: "Computer", Column: "device", Fallback: true},
	{Text: "Computer Name", Column: "device", Fallback: true},
	{Text: "Justification", Column: "reason"},
	{Text: "Requested By", Column: "owner"},
	{Text: "Requester", Column: "owner"},
	{Text: "Approved By", Column: "approver"},
	{Text: "Expiry", Column: "expires"},
	{Text: "Expiry Date", Column: "expires"},
	{Text: "Expiration Date", Column: "expires"},
	{Text: "Expires On", Column: "expires"},
	{Text: "Valid Until", Column: "expires"},
}}

// Canonical gives the canonical columns of a kind of input, in the order of
// the documentation. A key under columns in the configuration is one of them.
func Canonical(kind Kind) []string {
	groups := Vocabulary(kind)
	if len(groups) == 0 {
		return nil
	}
	var names []string
	for _, h := range groups[0].Words {
		if h.Column != "" {
			names = append(names, h.Column)
		}
	}
	return names
}
