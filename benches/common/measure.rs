//! Runs processes and compares what they use.
//!
//! In: commands. Out: wall time, processor time and peak memory of each run,
//! printed as medians with their range, and what the first contestant used as a
//! multiple of each other one.
//!
//! On Linux a child's peak starts from its parent's at the moment of the fork, so
//! no figure is below the benchmark's own few megabytes, and a benchmark must
//! stay that small: it streams its files.

use std::fmt;
use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4;

/// What one run of a process used.
#[derive(Clone, Copy)]
struct Usage {
    wall: Duration,
    /// User and system time, over all threads.
    cpu: Duration,
    peak_bytes: u64,
}

/// What each contestant used when they ran in turn.
#[derive(Clone)]
pub(crate) struct Round(Vec<Usage>);

impl Round {
    /// Runs the commands one after the other.
    pub(crate) fn run(commands: &mut [Command]) -> Result<Self> {
        Ok(Self(commands.iter_mut().map(run).collect::<Result<_>>()?))
    }
}

/// Several rounds of the same contestants.
pub(crate) struct Contest {
    names: Vec<&'static str>,
    rounds: Vec<Round>,
}

impl Contest {
    /// A contest against the first of `names`.
    pub(crate) fn new(names: &[&'static str]) -> Self {
        Self {
            names: names.to_vec(),
            rounds: Vec::new(),
        }
    }

    /// Adds a round of all contestants, in the order of their names.
    pub(crate) fn add(&mut self, round: Round) {
        self.rounds.push(round);
    }

    /// What the first used as a multiple of what `other` used, for each round.
    fn ratios(&self, other: usize, figure: impl Fn(&Usage) -> f64) -> Vec<f64> {
        let ratio = |Round(usages): &Round| figure(&usages[0]) / figure(&usages[other]);
        self.rounds.iter().map(ratio).collect()
    }

    fn row(&self, f: &mut fmt::Formatter<'_>, contestant: usize) -> fmt::Result {
        let figures = |figure: &dyn Fn(&Usage) -> f64| {
            let column = self
                .rounds
                .iter()
                .map(|Round(usages)| figure(&usages[contestant]));
            spread(&column.collect::<Vec<_>>())
        };
        writeln!(
            f,
            "{:<22}{:>26}{:>26}{:>22}",
            self.names[contestant],
            figures(&|usage| usage.wall.as_secs_f64() * 1e3),
            figures(&|usage| usage.cpu.as_secs_f64() * 1e3),
            figures(&|usage| usage.peak_bytes as f64 / 1e6),
        )
    }

    fn ratio_row(&self, f: &mut fmt::Formatter<'_>, other: usize) -> fmt::Result {
        writeln!(
            f,
            "{:<22}{:>26}{:>26}{:>22}",
            format!("  / {}", self.names[other]),
            spread(&self.ratios(other, |usage| usage.wall.as_secs_f64())),
            spread(&self.ratios(other, |usage| usage.cpu.as_secs_f64())),
            spread(&self.ratios(other, |usage| usage.peak_bytes as f64)),
        )
    }
}

impl fmt::Display for Contest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounds = format!("median (range) of {}", self.rounds.len());
        writeln!(
            f,
            "{rounds:<22}{:>26}{:>26}{:>22}",
            "wall ms", "user+sys ms", "peak MB"
        )?;
        (0..self.names.len()).try_for_each(|contestant| self.row(f, contestant))?;
        (1..self.names.len()).try_for_each(|other| self.ratio_row(f, other))
    }
}

/// The median with the smallest and the largest: `1.20 (1.10–1.31)`.
pub(crate) fn spread(figures: &[f64]) -> String {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else {
        return "–".to_owned();
    };
    let middle = sorted.len() / 2;
    let median = f64::midpoint(sorted[middle], sorted[(sorted.len() - 1) / 2]);
    format!("{} ({}–{})", short(median), short(least), short(most))
}

fn short(figure: f64) -> String {
    let digits = match figure {
        0.0..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    format!("{figure:.digits$}")
}

/// Runs a command to its end; its output goes through a pipe to nowhere.
fn run(command: &mut Command) -> Result<Usage> {
    let program = command.get_program().to_owned();
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let complaint = drain(&mut child)?;
    let done = child.wait4()?;
    let wall = started.elapsed();
    if !done.status.success() {
        bail!("{} failed: {complaint}", program.display());
    }
    Ok(Usage {
        wall,
        cpu: done.rusage.utime + done.rusage.stime,
        peak_bytes: done.rusage.maxrss,
    })
}

/// Reads both pipes, so that neither fills up and stops the child; returns stderr.
fn drain(child: &mut std::process::Child) -> Result<String> {
    let errors = child.stderr.take();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        errors.map_or(Ok(0), |mut pipe| pipe.read_to_string(&mut text))?;
        io::Result::Ok(text)
    });
    if let Some(mut output) = child.stdout.take() {
        io::copy(&mut output, &mut io::sink())?;
    }
    let text = reader.join();
    Ok(text.ok().context("the reader of stderr panicked")??)
}
