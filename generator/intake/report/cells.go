package report

import "strings"

// cells is a row of a report: one text per canonical column.
type cells struct {
	GUID           string `csv:"device_guid"`
	Name           string `csv:"device_name"`
	Hostname       string `csv:"hostname"`
	Username       string `csv:"username"`
	Email          string `csv:"email"`
	Department     string `csv:"department"`
	Organization   string `csv:"organization"`
	OS             string `csv:"os"`
	OSVersion      string `csv:"os_version"`
	Version        string `csv:"app_version"`
	Status         string `csv:"status"`
	Destination    string `csv:"destination"`
	DestinationUID string `csv:"destination_uid"`
	Port           string `csv:"port"`
	LastConnected  string `csv:"last_connected"`
	LastActivity   string `csv:"last_activity"`
	Address        string `csv:"address"`
	RemoteAddress  string `csv:"remote_address"`
}

// clone copies a row's texts, so that the row can be kept: the reader uses their
// memory again.
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
