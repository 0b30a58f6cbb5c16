package intake

import "strings"

// reportRow is a row of a report as gocsv decodes it: one text per canonical
// column.
type reportRow struct {
	GUID, Name, Hostname, Username, Email, Department, Organization string
	OS, OSVersion, Version, Status                                  string
	Destination, DestinationUID                                     string
	Port, LastConnected, LastActivity, Address, RemoteAddress       string
}

// UnmarshalCSVWithFields takes one cell. gocsv calls it in place of its own
// reflection, which costs three times as much.
func (r *reportRow) UnmarshalCSVWithFields(column, cell string) error {
	switch column {
	case "device_guid":
		r.GUID = cell
	case "device_name":
		r.Name = cell
	case "hostname":
		r.Hostname = cell
	case "username":
		r.Username = cell
	case "email":
		r.Email = cell
	case "department":
		r.Department = cell
	case "organization":
		r.Organization = cell
	case "os":
		r.OS = cell
	case "os_version":
		r.OSVersion = cell
	case "app_version":
		r.Version = cell
	case "status":
		r.Status = cell
	case "destination":
		r.Destination = cell
	case "destination_uid":
		r.DestinationUID = cell
	case "port":
		r.Port = cell
	case "last_connected":
		r.LastConnected = cell
	case "last_activity":
		r.LastActivity = cell
	case "address":
		r.Address = cell
	case "remote_address":
		r.RemoteAddress = cell
	}
	return nil
}

// clone copies a row out of the memory that it shares with the cells that
// nobody keeps.
func (r *reportRow) clone() reportRow {
	c := *r
	for _, cell := range []*string{
		&c.GUID, &c.Name, &c.Hostname, &c.Username, &c.Email, &c.Department, &c.Organization,
		&c.OS, &c.OSVersion, &c.Version, &c.Status, &c.Destination, &c.DestinationUID,
		&c.Port, &c.LastConnected, &c.LastActivity, &c.Address, &c.RemoteAddress,
	} {
		*cell = strings.Clone(*cell)
	}
	return c
}
