package main

import (
	"errors"
	"flag"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the golden files of the stories anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cutoff": main})
}

// TestStories runs each file of testdata as a user would: the program, its
// messages and its exit status.
func TestStories(t *testing.T) {
	post := postOffice{t}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TZ", "Pacific/Kiritimati")
			env.Setenv("LC_ALL", "tr_TR.UTF-8")
			sample, err := filepath.Abs("../../sample-data")
			env.Setenv("SAMPLE", sample)
			post.open(env)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": wantStatus, "settle": post.settle, "collect": post.collect,
		},
	})
}

// wantStatus is the story command "status N cutoff ...": it runs the program and
// wants exactly this exit status.
func wantStatus(ts *testscript.TestScript, negate bool, args []string) {
	if negate || len(args) < 2 {
		ts.Fatalf("usage: status N command args...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = exitCode(err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

func exitCode(err error) string {
	var exited *exec.ExitError
	if !errors.As(err, &exited) {
		return err.Error()
	}
	return strconv.Itoa(exited.ExitCode())
}
