package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// readmeFolder holds the files that the README's examples speak of.
func readmeFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	copyFile(t, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"), filepath.Join(folder, "OnlineRetail.csv"))
	at := func(name string) string { return filepath.Join(folder, name) }
	mustRun(t, exitDone, "generate", "--customers", "400", "--orders", "2500", "--seed", "7", "--out", at("orders.csv"))
	writeFile(t, at("export.txt"), "Client;day;goods;postage;total\nann;14/03/2024;100,00;3,50;103,50\nbob;02/04/2024;50,00;0,00;50,00\ncid;25/04/2024;75,00;3,50;78,50\n")
	w := at("W")
	mustRun(t, exitRefused, "import", w, at("OnlineRetail.csv"))
	for _, name := range []string{"A", "B", "mine"} {
		mustRun(t, exitDone, "scenario", "save", w, name)
	}
	writeFile(t, at("mine.yaml"), mustRun(t, exitDone, "scheme", "show", "eleven", "--cells").out)
	writeFile(t, at("map.csv"), mustRun(t, exitDone, "scheme", "map", w, "--format", "csv").out)
	for range 7 { // two edits each
		mustRun(t, exitDone, "scenario", "open", w, "eight")
		mustRun(t, exitDone, "scenario", "open", w, "ten")
	}
	_, first, _ := strings.Cut(mustRun(t, exitDone, "scores", w, "--format", "csv", "--limit", "1").out, "\n")
	key, _, _ := strings.Cut(first, ",")
	writeFile(t, at("KEY"), key)
	writeFile(t, at("locked.csv"), "customer,tier,reason\n"+key+",high,signed a contract\n")
	return folder
}

var (
	fence    = regexp.MustCompile("(?s)```\n(.*?)```")
	codeSpan = regexp.MustCompile("`([^`]+)`")
)

// fencedExamples returns the commands of the README's blocks, with the lines
// printed below each.
func fencedExamples(readme string) (commands, printed []string) {
	for _, block := range fence.FindAllStringSubmatch(readme, -1) {
		for line := range strings.Lines(block[1]) {
			command, _, _ := strings.Cut(strings.TrimSpace(line), "  #")
			switch {
			case strings.HasPrefix(command, "strata "):
				commands, printed = append(commands, strings.TrimSpace(command)), append(printed, "")
			case len(commands) > 0 && !strings.HasPrefix(command, "make "):
				printed[len(printed)-1] += command + "\n"
			}
		}
	}
	return commands, printed
}

// tableExamples returns the commands of the last column of the table of
// questions; flags alone go with the command before them.
func tableExamples(readme string) []string {
	var commands []string
	_, table, _ := strings.Cut(readme, "| you ask |")
	table, _, _ = strings.Cut(table, "\n\n")
	for row := range strings.Lines(table) {
		cells := strings.Split(strings.ReplaceAll(row, `\|`, "\x00"), "|")
		if len(cells) < 4 {
			continue
		}
		base := "strata tiers W"
		for _, span := range codeSpan.FindAllStringSubmatch(cells[3], -1) {
			command := strings.ReplaceAll(span[1], "\x00", "|")
			switch {
			case strings.HasPrefix(command, "strata "):
				base = command
				commands = append(commands, command)
			case strings.HasPrefix(command, "--"):
				commands = append(commands, base+" "+command)
			}
		}
	}
	return commands
}

// The examples of the README run as they are written, and print what it says.
func TestReadmeExamples(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: the examples are written for a POSIX shell")
	}
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	folder := readmeFolder(t)
	commands, printed := fencedExamples(string(text))
	questions := tableExamples(string(text))
	const fewest = 10 // so that a change of the README's form is noticed
	if len(commands) < fewest || len(questions) < fewest {
		t.Fatalf("only %d examples in blocks and %d in the table", len(commands), len(questions))
	}
	shown := 0
	for i, command := range commands {
		if strings.HasSuffix(command, "OnlineRetail.csv") {
			command = "rm shop.strata && " + command // of the examples before
		}
		out := runExample(t, folder, command)
		if printed[i] == "" {
			continue
		}
		if shown++; out != printed[i] {
			t.Errorf("%s prints\n%sbut the README says\n%s", command, out, printed[i])
		}
	}
	if shown == 0 {
		t.Error("the README shows nothing that is printed")
	}
	for _, command := range questions {
		runExample(t, folder, command)
	}
}

// copyFile copies a file; strata knows a packed one by its content.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// runExample runs a command in a shell in which strata is this program, and
// returns what it prints.
func runExample(t *testing.T, folder, command string) string {
	t.Helper()
	self := program(t, nil)
	bin := t.TempDir()
	if err := os.Symlink(self.Path, filepath.Join(bin, "strata")); err != nil {
		t.Fatal(err)
	}
	key, _ := os.ReadFile(filepath.Join(folder, "KEY"))
	shell := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(command, " KEY", " "+string(key)))
	shell.Dir = folder
	shell.Env = append(self.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	var out, errs bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &errs
	err := shell.Run()
	var exit *exec.ExitError
	if strings.Contains(errs.String(), "the workbench needs a terminal") {
		return "" // as it should, and names the command that does the same
	}
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitRefused) {
		t.Errorf("%s: %v\n%s%s", command, err, out.String(), errs.String())
	}
	return out.String()
}

// The examples in the help of every command run as they are written.
func TestHelpExamples(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: the examples are written for a POSIX shell")
	}
	base := exampleFolder(t)
	tried := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
		if cmd.Example == "" {
			return
		}
		tried++
		t.Run(strings.ReplaceAll(cmd.CommandPath(), " ", "-"), func(t *testing.T) {
			folder := t.TempDir()
			if err := os.CopyFS(folder, os.DirFS(base)); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(cmd.Example) {
				line = strings.TrimSpace(strings.ReplaceAll(line, "ssh shop cat", "cat"))
				if strings.HasSuffix(line, "import shop.strata OnlineRetail.csv") {
					line = "mv shop.strata old.strata && " + line
				}
				if !strings.Contains(line, "--out orders.csv") && strings.Contains(line, "orders.csv") {
					line = "cp other.csv orders.csv && " + line
				}
				runExample(t, folder, line)
			}
		})
	}
	walk((&app{}).rootCommand())
	if tried < 20 {
		t.Errorf("only %d commands have examples", tried)
	}
}

// exampleFolder holds what the examples of the commands speak of.
func exampleFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	retail := "InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
	for i := range 1500 {
		day := time.Date(2010, 12, 1+i/4, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		retail += fmt.Sprintf("%d,%d,%s,%d.25,%d,France\n", 500+i, 1+i%7, day, i*i%90, 12346+i*i*i%211)
	}
	writeFile(t, at("OnlineRetail.csv"), retail+"9999,1,2011-03-03,4.50,,France\n")
	writeFile(t, at("refused.txt"), "customer,date,amount\nann,2011-03-14,5.00\n,2011-03-15,6.00\n")
	writeFile(t, at("other.csv"), "customer,date,amount\nzoe,2011-08-14,5.00\nann,2011-08-15,6.00\n")
	writeFile(t, at("may.csv"), "Client,Bought,Total\nann,2011-05-14,5.00\nbob,2011-05-16,7.00\n")
	writeFile(t, at("june.csv"), "Client,Bought,Total\nann,2011-06-14,5.00\nbob,2011-06-16,8.00\n")
	for _, name := range []string{"orders.txt", "july.txt"} {
		writeFile(t, at(name), "customer\tday\tgoods\tpostage\n"+name+"\t2011-07-14\t100.00\t3.50\nbob\t2011-07-15\t40.00\t0.00\n")
	}
	w := at("shop.strata")
	mustRun(t, exitRefused, "import", w, at("OnlineRetail.csv"), at("refused.txt"))
	mustRun(t, exitDone, "scenario", "save", w, "tighter recency", "--recency", "14,45,90,180")
	for range 7 { // two edits each
		mustRun(t, exitDone, "scenario", "open", w, "eight")
		mustRun(t, exitDone, "scenario", "open", w, "ten")
	}
	mustRun(t, exitDone, "undo", w, "4")
	mustRun(t, exitDone, "scenario", "list", w)
	return folder
}
