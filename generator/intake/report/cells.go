package report

import "strings"

// cells is a row of a report as gocsv decodes it: one text per canonical column.
type cells struct {
	GUID, Name, Hostname, Username, Email, Department, Organization string
	OS, OSVersion, Version, Status                                  string
	Destination, DestinationUID                                     string
	Port, LastConnected, LastActivity, Address, RemoteAddress       string
}

// UnmarshalCSVWithFields takes one cell. gocsv calls it in place of its own
// reflection, which costs three times as much.
func (c *cells) UnmarshalCSVWithFields(column, cell string) error {
	switch column {
	case "device_guid":
		c.GUID = cell
	case "device_name":
		c.Name = cell
	case "hostname":
		c.Hostname = cell
	case "username":
		c.Username = cell
	case "email":
		c.Email = cell
	case "department":
		c.Department = cell
	case "organization":
		c.Organization = cell
	case "os":
		c.OS = cell
	case "os_version":
		c.OSVersion = cell
	case "app_version":
		c.Version = cell
	case "status":
		c.Status = cell
	case "destination":
		c.Destination = cell
	case "destination_uid":
		c.DestinationUID = cell
	case "port":
		c.Port = cell
	case "last_connected":
		c.LastConnected = cell
	case "last_activity":
		c.LastActivity = cell
	case "address":
		c.Address = cell
	case "remote_address":
		c.RemoteAddress = cell
	}
	return nil
}

// clone copies a row out of the memory that it shares with the cells that
// nobody keeps.
func (c *cells) clone() cells {
	own := *c
	for _, text := range []*string{
		&own.GUID, &own.Name, &own.Hostname, &own.Username, &own.Email, &own.Department, &own.Organization,
		&own.OS, &own.OSVersion, &own.Version, &own.Status, &own.Destination, &own.DestinationUID,
		&own.Port, &own.LastConnected, &own.LastActivity, &own.Address, &own.RemoteAddress,
	} {
		*text = strings.Clone(*text)
	}
	return own
}
