package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// The keys of all JSON that the pinned invocations print, command by command. A
// key may be added; one that goes or gets another name breaks scripts.
func TestGoldenJSONKeys(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/TestGolden*/*-json.golden")
	if err != nil || len(names) == 0 {
		t.Fatalf("no pinned JSON: %v", err)
	}
	commands := map[string]string{}
	for _, inv := range slices.Concat(invocations, realInvocations, variedInvocations) {
		words := strings.Fields(inv.line)
		command := words[0]
		if command == "scenario" || command == "scheme" {
			command += " " + words[1]
		}
		if strings.Contains(inv.line, "--members") {
			command += " --members"
		}
		commands[inv.name] = command
	}
	keys := map[string]bool{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		printed, _, _ := strings.Cut(string(text), "--- stderr\n")
		var v any
		if json.Unmarshal([]byte(printed), &v) != nil {
			continue // refused, or a scheme
		}
		command := commands[strings.TrimSuffix(filepath.Base(name), "-json.golden")]
		keysOf(v, command+":", keys)
	}
	golden.RequireEqual(t, []byte(strings.Join(slices.Sorted(maps.Keys(keys)), "\n")+"\n"))
}

// keysOf notes the keys of a value and of what is in it: command: tiers[].share.
// Objects whose keys are data, not names, end in {}.
func keysOf(v any, path string, keys map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if strings.HasSuffix(path, "reasons") && !strings.Contains(path, "[].reasons[]") || strings.HasSuffix(path, "attributes") {
				keys[path+"{}"] = true
				continue
			}
			separator := "."
			if strings.HasSuffix(path, ":") {
				separator = " "
			}
			keys[path+separator+key] = true
			keysOf(value, path+separator+key, keys)
		}
	case []any:
		for _, value := range v {
			if strings.HasSuffix(path, ":") {
				keysOf(value, path+" []", keys)
			} else {
				keysOf(value, path+"[]", keys)
			}
		}
	}
}
