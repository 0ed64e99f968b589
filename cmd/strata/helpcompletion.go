package main

import (
	"github.com/spf13/cobra"

	"strata/model/catalogue"
)

// tellCompletion tells from the catalogue what cobra's command says of the scripts that
// complete command lines.
func tellCompletion(cmd *cobra.Command, program string) {
	cmd.Short = catalogue.T("Generate the autocompletion script for the specified shell")
	cmd.Long = catalogue.T(`Generate the autocompletion script for {program} for the specified shell.
See each sub-command's help for details on how to use the generated script.
`, "program", program)
	long := map[string]string{"bash": bashText(program), "zsh": zshText(program), "fish": fishText(program), "powershell": powershellText(program)}
	for _, shell := range cmd.Commands() {
		shell.Args = noneBelow
		shell.Short = catalogue.T("Generate the autocompletion script for {shell}", "shell", shell.Name())
		shell.Long = long[shell.Name()]
		if f := shell.Flags().Lookup("no-descriptions"); f != nil {
			f.Usage = catalogue.T("disable completion descriptions")
		}
	}
}

// noneBelow refuses arguments, as cobra does.
func noneBelow(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return catalogue.Errorf("unknown command {name:q} for {command:q}", "name", args[0], "command", cmd.CommandPath())
}

func bashText(program string) string {
	return catalogue.T("Generate the autocompletion script for the bash shell.") + "\n\n" +
		catalogue.T("This script depends on the 'bash-completion' package.\nIf it is not installed already, you can install it via your OS's package manager.") +
		inThisSession("source <("+program+" completion bash)") +
		inEverySession(program+" completion bash > /etc/bash_completion.d/"+program, program+" completion bash > $(brew --prefix)/etc/bash_completion.d/"+program)
}

func zshText(program string) string {
	return catalogue.T("Generate the autocompletion script for the zsh shell.") + "\n\n" +
		catalogue.T("If shell completion is not already enabled in your environment you will need\nto enable it.  You can execute the following once:") +
		"\n\n\techo \"autoload -U compinit; compinit\" >> ~/.zshrc" +
		inThisSession("source <("+program+" completion zsh)") +
		inEverySession(program+` completion zsh > "${fpath[1]}/_`+program+`"`, program+" completion zsh > $(brew --prefix)/share/zsh/site-functions/_"+program)
}

func fishText(program string) string {
	return catalogue.T("Generate the autocompletion script for the fish shell.") +
		inThisSession(program+" completion fish | source") +
		"\n\n" + catalogue.T("To load completions for every new session, execute once:") +
		"\n\n\t" + program + " completion fish > ~/.config/fish/completions/" + program + ".fish\n\n" +
		catalogue.T("You will need to start a new shell for this setup to take effect.") + "\n"
}

func powershellText(program string) string {
	return catalogue.T("Generate the autocompletion script for powershell.") +
		inThisSession(program+" completion powershell | Out-String | Invoke-Expression") +
		"\n\n" + catalogue.T("To load completions for every new session, add the output of the above command\nto your powershell profile.") + "\n"
}

func inThisSession(command string) string {
	return "\n\n" + catalogue.T("To load completions in your current shell session:") + "\n\n\t" + command
}

func inEverySession(linux, macOS string) string {
	return "\n\n" + catalogue.T("To load completions for every new session, execute once:") +
		"\n\n#### Linux:\n\n\t" + linux + "\n\n#### macOS:\n\n\t" + macOS + "\n\n" +
		catalogue.T("You will need to start a new shell for this setup to take effect.") + "\n"
}
