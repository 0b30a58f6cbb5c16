package table

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// exportHeader is the widest header that a device status report is known with.
const exportHeader = "archiveGuid,orgUid,orgName,orgExtRef,userUid,username,email,userExtRef,deviceUid,deviceName,deviceOsHostname,deviceExtRef,destinationUid,destinationName,serverUid,serverName,version,status,userStatus,alertStates,os,osVersion,address,remoteAddress,creationDate,selectedBytes,backupCompletePercentage,archiveBytes,coldStorage,lastConnectedDate,lastCompletedBackupDate,lastActivity,mostRecentUserProfileCreationResult,mostRecentUserProfileBackupResult"

// exportRow gives the cells of one row of a device status report.
func exportRow(i int) []string {
	id := fmt.Sprint(839648314463407622 + i)
	return []string{
		id, "987624112", "Engineering " + fmt.Sprint(i%40), "null", fmt.Sprint(540103986007089121 + i),
		fmt.Sprintf("person%d@example.com", i), fmt.Sprintf("person%d@example.com", i), "null", id,
		fmt.Sprintf("LAPTOP-%06d", i), fmt.Sprintf("laptop-%06d.example.com", i), "null", "42", "CrashPlan Central",
		"635", "server-1", "6.8.8.12", "Active, Deauthorized", "Active", "OK", "win", "10.0.18362",
		fmt.Sprintf("10.2.%d.%d:4242", i/250%250, i%250), "198.51.100.7:11267", "2018-10-12T16:55:40.632Z", "18842112998",
		"99.8", "17842112998", "false", "2019-12-02T09:34:28.364-06:00", "2019-12-02T09:34:28.364-06:00",
		"2019-12-02T09:34:28.364-06:00", "null", "null",
	}
}

func exportCSV(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(exportHeader + "\n")
	for i := range rows {
		for j, cell := range exportRow(i) {
			if j > 0 {
				b.WriteByte(',')
			}
			if bytes.ContainsAny([]byte(cell), ",\"\n") {
				fmt.Fprintf(&b, "%q", cell)
			} else {
				b.WriteString(cell)
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func BenchmarkText(b *testing.B) {
	text := exportCSV(100_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := Open("devices.csv", bytes.NewReader(text), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		cells := 0
		for {
			row, err := f.Sheets()[0].Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			cells += len(row.Cells)
		}
		if cells != 34*100_001 {
			b.Fatalf("read %d cells", cells)
		}
	}
}

func BenchmarkWorkbook(b *testing.B) {
	book := exportXLSX(b, 100_000)
	for _, limit := range []struct {
		name string
		rows bool
	}{{"verify", false}, {"read", true}} {
		b.Run(limit.name, func(b *testing.B) {
			b.SetBytes(int64(len(book)))
			b.ReportAllocs()
			for b.Loop() {
				f, err := Open("devices.xlsx", bytes.NewReader(book), Limits{})
				if err != nil {
					b.Fatal(err)
				}
				cells := 0
				for limit.rows {
					row, err := f.Sheets()[0].Read()
					if err == io.EOF {
						break
					}
					if err != nil {
						b.Fatal(err)
					}
					cells += len(row.Cells)
				}
				if limit.rows && cells != 34*100_001 {
					b.Fatalf("read %d cells", cells)
				}
				f.Close()
			}
		})
	}
}

// exportXLSX makes the workbook that exportCSV's text would be saved as.
func exportXLSX(tb testing.TB, rows int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	write := func(number int, texts []string) {
		cells := make([]any, len(texts))
		for i, text := range texts {
			cells[i] = text
		}
		if err := w.SetRow(fmt.Sprintf("A%d", number), cells); err != nil {
			tb.Fatal(err)
		}
	}
	write(1, strings.Split(exportHeader, ","))
	for i := range rows {
		write(i+2, exportRow(i))
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}
