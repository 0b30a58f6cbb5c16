package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"
)

var devices = flag.Int("devices", 100_000, "size of the fleet that the benchmark builds a site for")

// benchDepartments is how many departments share the fleet.
const benchDepartments = 40

// BenchmarkBuild builds a site from one CSV export, 30% of its devices listed,
// and compares each run with a floor taken right before it: the same input read
// with encoding/csv, and as many bytes in as many files as the site has written
// and hashed. The ratio is what a faster machine does not change.
func BenchmarkBuild(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent)) // as main does
	folder := b.TempDir()
	export := filepath.Join(folder, "devices.csv")
	if err := writeExport(export, *devices); err != nil {
		b.Fatal(err)
	}
	for _, kind := range []struct {
		name string
		args []string
	}{
		{"site", []string{"--workbooks=false"}},
		{"site+workbooks", nil},
	} {
		b.Run(kind.name, func(b *testing.B) {
			site := filepath.Join(folder, "site")
			args := append([]string{"build", "--report", export, "--out", site, "--as-of", "2020-01-15"}, kind.args...)
			var floors, builds time.Duration
			var files []int64
			for b.Loop() {
				b.StopTimer()
				if err := os.RemoveAll(site); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				start := time.Now()
				s := &session{stdin: nil, stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}
				if code := s.run(args); code != 0 {
					b.Fatalf("exit status %d", code)
				}
				builds += time.Since(start)
				b.StopTimer()
				if files == nil {
					files = sizes(b, site)
				}
				start = time.Now()
				if err := floor(export, filepath.Join(folder, "floor"), files); err != nil {
					b.Fatal(err)
				}
				floors += time.Since(start)
				b.StartTimer()
			}
			b.ReportMetric(float64(floors.Milliseconds())/float64(b.N), "floor-ms/op")
			b.ReportMetric(float64(builds)/float64(floors), "times-floor")
			b.ReportMetric(float64(builds.Nanoseconds())/float64(b.N)/float64(*devices), "ns/device")
		})
	}
}

// floor does the least that any such program must do.
func floor(export, folder string, files []int64) error {
	in, err := os.Open(export)
	if err != nil {
		return err
	}
	defer in.Close()
	reader := csv.NewReader(bufio.NewReaderSize(in, 1<<16))
	reader.ReuseRecord = true
	for {
		if _, err := reader.Read(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	block := make([]byte, 1<<16)
	for i, size := range files {
		out, err := os.Create(filepath.Join(folder, fmt.Sprint(i)))
		if err != nil {
			return err
		}
		hash := sha256.New()
		for size > 0 {
			part := block[:min(size, int64(len(block)))]
			hash.Write(part)
			if _, err := out.Write(part); err != nil {
				return err
			}
			size -= int64(len(part))
		}
		hash.Sum(nil)
		if err := out.Close(); err != nil {
			return err
		}
	}
	return nil
}

func sizes(b *testing.B, folder string) []int64 {
	var all []int64
	err := filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		stat, err := entry.Info()
		if err == nil {
			all = append(all, stat.Size())
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return all
}

// writeExport writes a device status report with the export's 34 columns; 30%
// of the devices have an app that is too old.
func writeExport(file string, n int) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	w := bufio.NewWriterSize(out, 1<<20)
	random := rand.New(rand.NewPCG(4282, 5))
	old := []string{"4.7.1.9", "5.2.0.3", "4.10.0.1", "5.3.4.2"}
	passing := []string{"7.0.3.55", "6.8.8.12", "7.4.0.1", "4.8.4.19"}
	fmt.Fprintln(w, "archiveGuid,orgUid,orgName,orgExtRef,userUid,username,email,userExtRef,deviceUid,deviceName,deviceOsHostname,deviceExtRef,destinationUid,destinationName,serverUid,serverName,version,status,userStatus,alertStates,os,osVersion,address,remoteAddress,creationDate,selectedBytes,backupCompletePercentage,archiveBytes,coldStorage,lastConnectedDate,lastCompletedBackupDate,lastActivity,mostRecentUserProfileCreationResult,mostRecentUserProfileBackupResult")
	for i := range n {
		version := passing[random.IntN(len(passing))]
		if random.IntN(10) < 3 {
			version = old[random.IntN(len(old))]
		}
		department, day := i%benchDepartments, 1+i%14
		fmt.Fprintf(w, "%d,9%05d,Department %02d north,null,%d,user%d@example.com,user%d@example.com,null,%d,PC-%06d,pc-%06d.corp.example,null,632540230984925185,\"PROe Cloud, US - West\",42,srv,%s,Active,Active,OK,win,10.0.18362,10.%d.%d.%d:4242,203.0.113.%d:%d,2019-01-01T00:00:00.000Z,%d,100,%d,false,2020-01-%02dT09:34:28.364-06:00,2020-01-10T00:00:00.000Z,2020-01-%02dT10:34:28.364-06:00,null,null\n",
			800000000000000001+i*7919, department, department, i, i, i, 839648314463407601+i*7, i, i, version,
			i/65536%256, i/256%256, i%256, i%250, 10000+i%50000, i*1000, i*900, day, day)
	}
	return w.Flush()
}
