package main

import (
	"errors"
	"os"
	"os/exec"
	"testing"
)

// runVariable makes the test's binary be strata instead.
const runVariable = "STRATA_TEST_IS_STRATA"

func TestMain(m *testing.M) {
	if os.Getenv(runVariable) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program returns strata as a process of its own, with an environment of its
// own beside the variables given.
func program(t *testing.T, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append([]string{
		runVariable + "=1", "HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_STATE_HOME=" + home, "XDG_DATA_HOME=" + home,
		"TERM=xterm-256color",
	}, environment...)
	return cmd
}

// process runs strata as a process and returns all it says and its exit
// status.
func process(t *testing.T, environment []string, args ...string) (out string, status int) {
	t.Helper()
	text, err := program(t, environment, args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit != nil {
		status = exit.ExitCode()
	}
	return string(text), status
}
