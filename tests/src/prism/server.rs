//! Prism as a process of our own: it listens on loopback, and ends with the value that stands for it.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;
use xtask::error::{Error, Result};

/// Reading a description of three megabytes takes Prism a few seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running Prism.
pub struct Prism {
    program: PathBuf,
    description: PathBuf,
    process: Child,
    port: u16,
    log: NamedTempFile,
}

impl Prism {
    /// Starts `program` on a free port, as a mock of the description.
    pub fn start(program: &Path, description: &Path) -> Result<Self> {
        let port = free_port().map_err(|error| failed(program, format!("there is no free port: {error}")))?;
        let log = NamedTempFile::new().map_err(|error| failed(program, error.to_string()))?;
        let process = spawn(program, description, port, &log)?;
        let (program, description) = (program.to_owned(), description.to_owned());
        let mut prism = Self { program, description, process, port, log };
        prism.wait()?;
        Ok(prism)
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it again: there are requests that it does not survive.
    pub fn revive(&mut self) -> Result<()> {
        self.end();
        self.process = spawn(&self.program, &self.description, self.port, &self.log)?;
        self.wait()
    }

    fn end(&mut self) {
        // If it has ended by itself there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    fn wait(&mut self) -> Result<()> {
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.process.try_wait().ok().flatten();
            if ended.is_some() || began.elapsed() > PATIENCE {
                return Err(failed(&self.program, format!("does not listen; it said: {}", tail(self.log.path()))));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

fn spawn(program: &Path, description: &Path, port: u16, log: &NamedTempFile) -> Result<Child> {
    let output = || log.as_file().try_clone().map_or_else(|_| Stdio::null(), Stdio::from);
    Command::new(program)
        // Without --errors: it turns samples that break their own schema into status 500.
        .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
        .arg(description)
        .stdin(Stdio::null())
        .stdout(output())
        .stderr(output())
        .spawn()
        .map_err(|error| failed(program, format!("cannot be started: {error}")))
}

impl Drop for Prism {
    fn drop(&mut self) {
        self.end();
    }
}

fn free_port() -> std::io::Result<u16> {
    TcpListener::bind("127.0.0.1:0")?.local_addr().map(|address| address.port())
}

/// The last lines of what it said.
fn tail(log: &Path) -> String {
    let text = File::open(log).and_then(std::io::read_to_string).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}

fn failed(program: &Path, what: String) -> Error {
    Error::file(program.display().to_string(), what).hint("Prism needs Node 18 or later; try the program by hand")
}
