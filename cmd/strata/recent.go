package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
)

// recentLimit is how many workspaces are remembered.
const recentLimit = 10

func recentFile() string { return filepath.Join(xdg.StateHome, "strata", "recent") }

// recentWorkspaces returns the workspaces opened last that are still there,
// the latest first.
func recentWorkspaces() []string {
	text, err := os.ReadFile(recentFile())
	if err != nil {
		return nil // nothing has been opened yet
	}
	var paths []string
	for path := range strings.Lines(string(text)) {
		path = strings.TrimSpace(path)
		if _, err := os.Stat(path); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// rememberWorkspace puts a workspace first in the list. It is a convenience:
// where it cannot be written there is no list, and nothing else changes.
func rememberWorkspace(path string) {
	path, err := filepath.Abs(path)
	if err != nil || strings.ContainsAny(path, "\r\n") {
		return
	}
	others := slices.DeleteFunc(recentWorkspaces(), func(p string) bool { return p == path })
	paths := append([]string{path}, others...)
	text := strings.Join(paths[:min(recentLimit, len(paths))], "\n") + "\n"
	if os.MkdirAll(filepath.Dir(recentFile()), 0o755) == nil {
		_ = os.WriteFile(recentFile(), []byte(text), 0o644)
	}
}
