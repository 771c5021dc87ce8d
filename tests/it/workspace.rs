//! A folder to work in, and the program run in it.
//!
//! In: files by name and text. Out: what a run printed, and its exit status. The
//! program sees nothing of the environment that the tests run in.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;
use tempfile::TempDir;

/// No condition takes this long to come true unless something is broken.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of its own, removed when dropped.
pub(crate) struct Workspace {
    folder: TempDir,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self { folder }
    }

    /// The absolute path of something in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn bytes(&self, name: &str, bytes: &[u8]) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Writes a text file, and the folders above it.
    pub(crate) fn file(&self, name: &str, text: &str) -> &Self {
        self.bytes(name, text.as_bytes())
    }

    /// Writes a compressed file.
    pub(crate) fn gzip(&self, name: &str, text: &str) -> &Self {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        self.bytes(name, &packer.finish().unwrap())
    }

    pub(crate) fn folder(&self, name: &str) -> &Self {
        fs::create_dir_all(self.path(name)).unwrap();
        self
    }

    pub(crate) fn remove(&self, name: &str) -> &Self {
        let path = self.path(name);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
        self
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> &Self {
        fs::rename(self.path(from), self.path(to)).unwrap();
        self
    }

    /// Sets a file's time of change to that many hours ago.
    pub(crate) fn age(&self, name: &str, hours: u64) -> &Self {
        let then = SystemTime::now() - Duration::from_secs(hours * 3600);
        let file = File::options().append(true).open(self.path(name)).unwrap();
        file.set_modified(then).unwrap();
        self
    }

    /// The program, ready to run here with these arguments.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_search"));
        command.args(arguments);
        self.confine(command)
    }

    /// Any program, run here in an environment of which everything is known.
    pub(crate) fn confine(&self, mut command: Command) -> Command {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", self.folder.path())
            .env("TZ", "UTC")
            .env("COLUMNS", "80")
            .stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments))
    }

    /// Indexes what the arguments say; nothing may go wrong.
    #[track_caller]
    pub(crate) fn index(&self, paths: &[&str]) -> Value {
        let arguments = [&["index", "--format", "json", "--threads", "2"], paths].concat();
        let report = self.run(&arguments).ok().json();
        assert_eq!(report["problems"], serde_json::json!({}), "{report:#}");
        report
    }

    /// The ids of all articles, sorted.
    #[track_caller]
    pub(crate) fn all_ids(&self) -> Vec<String> {
        let mut ids = self.run(&["export"]).ids();
        ids.sort();
        ids
    }

    /// The files of the index in use whose names end like this.
    pub(crate) fn index_files(&self, ending: &str) -> Vec<PathBuf> {
        let current = fs::read_to_string(self.path(".search/current")).unwrap();
        let files = fs::read_dir(self.path(".search").join(current.trim())).unwrap();
        let files = files.map(|file| file.unwrap().path());
        let mut files: Vec<_> = files
            .filter(|path| path.to_string_lossy().ends_with(ending))
            .collect();
        files.sort();
        files
    }
}

/// What a run printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit status; -1 if a signal ended it.
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(mut command: Command) -> Self {
        Self::ended(command.output().unwrap())
    }

    pub(crate) fn ended(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn status(self, expected: i32) -> Self {
        assert_eq!(self.status, expected, "{self:#?}");
        self
    }

    /// Something was found or done, and nothing was complained of.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!((self.status, &*self.stderr), (0, ""), "{self:#?}");
        self
    }

    /// An error was told, with a hint, and nothing printed.
    #[track_caller]
    pub(crate) fn fails_with(self, words: &[&str]) -> Self {
        assert_eq!((self.status, &*self.stdout), (2, ""), "{self:#?}");
        assert!(self.stderr.starts_with("search: "), "{}", self.stderr);
        assert!(self.stderr.contains("\nhint: "), "{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        for word in words {
            assert!(self.stderr.contains(word), "no `{word}` in {}", self.stderr);
        }
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The ids in lines of JSON.
    #[track_caller]
    pub(crate) fn ids(&self) -> Vec<String> {
        let id = |hit: &Value| hit["id"].as_str().unwrap().to_owned();
        self.json_lines().iter().map(id).collect()
    }
}

/// A run that goes on until it is waited for.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// Where to write what it reads, if its standard input is piped.
    #[track_caller]
    pub(crate) fn stdin(&mut self) -> std::process::ChildStdin {
        self.0.stdin.take().unwrap()
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.0.id().to_string();
        let kill = Command::new("/bin/kill").args(["-s", name, &id]).status();
        assert!(kill.unwrap().success());
    }

    /// Waits until something has come about, while the run goes on.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, holds: impl Fn() -> bool) {
        let started = Instant::now();
        while !holds() {
            assert!(self.0.try_wait().unwrap().is_none(), "ended before {what}");
            assert!(started.elapsed() < PATIENCE, "{what} never came about");
            std::thread::yield_now();
        }
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }

    pub(crate) fn end(self) -> Run {
        Run::ended(self.0.wait_with_output().unwrap())
    }
}

/// An article as a Markdown file with front matter.
pub(crate) fn markdown(title: &str, date: &str, body: &str) -> String {
    format!("---\ntitle: \"{title}\"\ndate: {date}\nlang: en\n---\n\n{body}\n")
}

/// An article as a line of JSON.
pub(crate) fn record(id: &str, text: &str) -> String {
    let title = format!("About {id}");
    serde_json::json!({"id": id, "title": title, "text": text, "lang": "en"}).to_string() + "\n"
}

/// A file's name as an argument.
pub(crate) fn argument(path: &Path) -> &str {
    path.to_str().unwrap()
}
