//! `koogallery`

use std::process::ExitCode;

use server::marketplace::Marketplace;

fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    server::cli::run(&Marketplace, std::env::args_os(), &mut out, &mut err)
}
