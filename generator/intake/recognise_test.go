package intake

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
)

func TestRecognise(t *testing.T) {
	for name, test := range map[string]struct {
		file, text string
		want       Kind
		why        string // part of the reason, of a file that is none
	}{
		"device status report": {"r.csv",
			"archiveGuid,orgUid,orgName,orgExtRef,userUid,username,email,userExtRef,deviceUid,deviceName,deviceOsHostname,deviceExtRef,destinationUid,destinationName,serverUid,serverName,version,status,userStatus,alertStates,os,osVersion,address,remoteAddress,creationDate\n", Report, ""},
		"devices list":                    {"r.csv", "computerId,guid,name,osHostname,status,lastConnected,creationDate,productVersion,osName,osVersion,userUid\n", Report, ""},
		"administrator's, without a GUID": {"r.csv", "Computer,IP Address,OS Name,OS Version,Crashplan Version,Java Version,Alert State,Last Backup Date,Percent Complete\n", Report, ""},
		"administrator's, without a version": {"r.csv",
			"Email,DeviceName,DeviceStatus,SelectedFiles,LastBackup,LastCompletedBackup,LastConnected,BytesToDo,FilesToDo,BackupCompletePercentage,Alerts,Destination,OrgName\n",
			"", `want a column with the app's version ("app_version"`},
		"a report with a port column":      {"r.csv", "deviceUid,deviceName,version,address,remoteAddress,port,lastConnectedDate,username,department\n", Report, ""},
		"title above the header":           {"r.csv", "Devices of January\n\nDevice GUID;Code42 App Version\n", Report, ""},
		"own connections":                  {"c.csv", "device,address,destination,port,time\n", Connections, ""},
		"evidence with more of a report":   {"c.csv", "Device Name,Device GUID,User,OS,IP Address,Destination,Port,Timestamp\n", Connections, ""},
		"destinations with their ports":    {"c.txt", "Computer\tForeign Address\n", Connections, ""},
		"PAN-OS":                           {"p.csv", "Domain,Receive Time,Serial #,Type,Source address,Destination address,Destination Port,Action,Device Name\n", Connections, ""},
		"Zeek":                             {"conn.log", "#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\n", Connections, ""},
		"service.log":                      {"service.log", "[01.13.20 08:24:09.450 INFO  main CPService] Starting up\n", Connections, ""},
		"own roster":                       {"people.csv", "username,email,department,manager,manager_email\n", Roster, ""},
		"directory":                        {"people.csv", "sAMAccountName,Mail,Dept,Office\n", Roster, ""},
		"own waivers":                      {"w.csv", "device,reason,owner,approver,expires\n", Waivers, ""},
		"waivers in YAML":                  {"w.yaml", "- {device: pc-1, reason: x, owner: a, approver: b, expires: 2020-03-31}\n", Waivers, ""},
		"a configuration":                  {"cutoff.yaml", "reports: x.csv\n", "", "want a list of waivers"},
		"notes":                            {"notes.txt", "Remember to ask Anna\n", "", "want a column that identifies a device"},
		"a web page":                       {"r.csv", "<!DOCTYPE html><html><body>Log in</body></html>", "", "found a web page"},
		"nothing":                          {"r.csv", "", "", "empty"},
		"a report's header in another one": {"r.csv", "deviceUid,Client Build\n", "", `want a column with the app's version`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Recognise(Input{Path: test.file, Open: func() (io.ReadCloser, error) {
				return io.NopCloser(strings.NewReader(test.text)), nil
			}}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind != test.want {
				t.Errorf("kind %q, want %q (%s)", got.Kind, test.want, got.Why)
			}
			if why := got.Why.String(); got.Kind == "" && !strings.Contains(why, test.why) || got.Kind != "" && why != "" {
				t.Errorf("because %q, want %q in it", why, test.why)
			}
		})
	}
}

// A file that is damaged or missing is refused: nobody can know what it would be.
func TestRecogniseRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		file, text string
		err        error
	}{
		"missing":         {"gone.csv", "", fs.ErrNotExist},
		"unreadable":      {"locked.csv", "", fs.ErrPermission},
		"a cut workbook":  {"report.xlsx", "PK\x03\x04\x14\x00\x06\x00\x08\x00", nil},
		"a header beyond": {"report.csv", "deviceUid," + strings.Repeat("x", 2<<20) + "\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Recognise(Input{Path: test.file, Open: func() (io.ReadCloser, error) {
				return io.NopCloser(strings.NewReader(test.text)), test.err
			}}, Options{})
			refused := (*Refused)(nil)
			if !errors.As(err, &refused) || len(refused.Problems) != 1 || refused.Problems[0].File != test.file {
				t.Errorf("%+v, error %v, want a refusal of the file", got, err)
			}
		})
	}
}
