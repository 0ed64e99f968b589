package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"

	"strata/model"
	"strata/model/disk"
)

// recentLimit is how many workspaces are remembered.
const recentLimit = 10

// recentFile is where they are remembered, "" for nowhere.
func recentFile() string { return place(xdg.StateHome, "recent") }

// recentWorkspaces returns the workspaces opened last that are still there,
// the latest first.
func recentWorkspaces() []string {
	if recentFile() == "" {
		return nil
	}
	if about, err := os.Stat(recentFile()); err != nil || !about.Mode().IsRegular() { // a pipe never ends
		return nil
	}
	text, err := disk.ReadText(recentFile())
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
func rememberWorkspace(ctx context.Context, path string) {
	path, err := filepath.Abs(path)
	if err != nil || strings.ContainsAny(path, "\r\n") || recentFile() == "" {
		return
	}
	others := slices.DeleteFunc(recentWorkspaces(), func(p string) bool { return p == path })
	paths := append([]string{path}, others...)
	text := strings.Join(paths[:min(recentLimit, len(paths))], "\n") + "\n"
	if _, err := disk.MakeFolder(filepath.Dir(recentFile())); err == nil {
		_ = disk.Replace(model.AsMeans(ctx), recentFile(), func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
	}
}
