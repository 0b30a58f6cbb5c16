package intake

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"example.org/cutoff/generator/calendar"
)

// deviceStatusHeader is the widest known header of the Device Status report.
const deviceStatusHeader = "archiveGuid,orgUid,orgName,orgExtRef,userUid,username,email,userExtRef,deviceUid,deviceName,deviceOsHostname,deviceExtRef,destinationUid,destinationName,serverUid,serverName,version,status,userStatus,alertStates,os,osVersion,address,remoteAddress,creationDate,selectedBytes,backupCompletePercentage,archiveBytes,coldStorage,lastConnectedDate,lastCompletedBackupDate,lastActivity,mostRecentUserProfileCreationResult,mostRecentUserProfileBackupResult\n"

func deviceStatus(devices int) []byte {
	var b bytes.Buffer
	b.WriteString(deviceStatusHeader)
	versions := []string{"7.0.3.55", "6.8.8.12", "4.8.2", "5.3.1", "5.4.0", "4.7.9"}
	for i := range devices {
		fmt.Fprintf(&b, "%d,9000,Org %d,,%d,user%05d@example.com,user%05d@example.com,,%d,lt-%06d,lt-%06d.example.com,,42,\"PROe Cloud, US\",77,srv,%s,Active,Active,OK,win,10.0.18362,10.%d.%d.%d:4242,198.51.100.%d:11267,2019-01-02T10:00:00.000Z,1000,100.0,123456789,false,2020-01-%02dT16:55:40.632Z,2020-01-10T16:55:40.632Z,2020-01-%02dT10:34:28.364-06:00,,\n",
			700000000000000001+i*7, i%40, i, i, i, 839648314463407622+i*13, i, i, versions[i%len(versions)], i>>16&255, i>>8&255, i&255, i%254+1, i%20+1, i%20+1)
	}
	return b.Bytes()
}

func bytesInput(kind Kind, path string, content []byte) Input {
	return Input{Path: path, Kind: kind, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

func BenchmarkRead(b *testing.B) {
	content := deviceStatus(100_000)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		result, err := Read([]Input{bytesInput(Report, "devices.csv", content)}, Options{AsOf: calendar.New(2020, 1, 31)})
		if err != nil {
			b.Fatal(err)
		}
		if len(result.Devices) != 100_000 {
			b.Fatalf("found %d devices, want 100000", len(result.Devices))
		}
	}
}

func BenchmarkConnections(b *testing.B) {
	var log bytes.Buffer
	log.WriteString("Receive Time,Serial #,Generate Time,Source address,Destination address,Destination Port,Action,Device Name\n")
	for i := range 100_000 {
		fmt.Fprintf(&log, "2020/01/20 10:00:00,001,2020/01/%02d 09:%02d:58,10.0.%d.%d,162.222.40.%d,%d,allow,fw1\n",
			i%30+1, i%60, i>>8&255, i&255, i%200, []int{443, 4282, 4287}[i%3])
	}
	report := deviceStatus(10_000)
	b.SetBytes(int64(log.Len()))
	b.ReportAllocs()
	for b.Loop() {
		result, err := Read([]Input{bytesInput(Report, "devices.csv", report), bytesInput(Connections, "log.csv", log.Bytes())}, storyOptions())
		if err != nil {
			b.Fatal(err)
		}
		if result.Joined == 0 {
			b.Fatal("found no evidence joined, want some")
		}
	}
}
