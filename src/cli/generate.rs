//! `search --generate`: completion scripts and the man page, from the arguments' own declarations.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::{Args, Generate};
use super::{Outcome, Result};

/// Writes a completion script or the man page.
pub(super) fn run(kind: Generate, out: &mut dyn Write) -> Result<Outcome> {
    let mut command = Args::command();
    let shell = match kind {
        Generate::CompleteBash => Shell::Bash,
        Generate::CompleteZsh => Shell::Zsh,
        Generate::CompleteFish => Shell::Fish,
        Generate::Man => {
            write_man(command, out)?;
            return Ok(Outcome::Done);
        }
    };
    // The generator panics where a pipe is closed, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "search", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// One page for the program and all its commands.
fn write_man(mut command: clap::Command, out: &mut dyn Write) -> Result<()> {
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    page.render_extra_section(out)?;
    let subcommands = || {
        command
            .get_subcommands()
            .filter(|command| command.get_name() != "help")
    };
    let names: Vec<_> = subcommands().map(clap::Command::get_name).collect();
    writeln!(
        out,
        ".SH COMMANDS\n{}: each has a section below.",
        names.join(", ")
    )?;
    for subcommand in subcommands() {
        let name = format!("search {}", subcommand.get_name());
        let page = clap_mangen::Man::new(subcommand.clone().bin_name(name.clone()));
        writeln!(out, ".SH {}", name.to_uppercase())?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
        page.render_extra_section(out)?;
    }
    clap_mangen::Man::new(command.clone()).render_version_section(out)?;
    Ok(())
}

/// Writes the help of the program: what it does when it is given nothing to do.
pub(super) fn run_help(out: &mut dyn Write) -> Result<Outcome> {
    write!(out, "{}", Args::command().render_help())?;
    Ok(Outcome::Done)
}

/// The query language on a few screens.
pub(super) const QUERY_LANGUAGE: &str = include_str!("query_language.txt");
