//! From the driver's errors to ours. Never lets a driver's words be the headline.

use rusqlite::ErrorCode;

use crate::error::Error;

fn full() -> Error {
    Error::Full("the disk is full, or a limit of the system is reached".into())
}

/// What a driver's error means to the person.
pub(super) fn translate(error: rusqlite::Error) -> Error {
    let rusqlite::Error::SqliteFailure(failure, text) = &error else {
        return Error::Internal(error.to_string());
    };
    let detail = text.clone().unwrap_or_else(|| failure.to_string());
    // What a quota or a file size limit gives instead of FULL: IOERR_WRITE, IOERR_FSYNC, and IOERR_SHMSIZE for the index of the log.
    const NO_ROOM: [i32; 3] = [778, 1034, 4874];
    match (failure.code, failure.extended_code) {
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => {
            Error::Busy("the database is locked by another program".into())
        }
        (ErrorCode::DiskFull, _) => full(),
        (ErrorCode::SystemIoFailure, code) if NO_ROOM.contains(&code) => full(),
        (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => Error::ReadOnly("the database cannot be written".into()),
        (ErrorCode::DatabaseCorrupt, _) => Error::Damaged(format!("the database file is damaged: {detail}")),
        (ErrorCode::NotADatabase, _) => Error::Damaged("the file is not a database".into()),
        (ErrorCode::CannotOpen, _) => Error::Io("the database file cannot be opened".into()),
        (ErrorCode::OperationInterrupted, _) => Error::Canceled,
        // 2067 is CONSTRAINT_UNIQUE; this one alone can be met by what people do: bringing back what was imported anew since.
        (ErrorCode::ConstraintViolation, 2067) if detail.contains("lead.import_key") => Error::refused(
            "a lead from the same row of an imported file is here already",
            "delete that one first, or keep it and leave the other in Deleted",
        ),
        // the one statement of ours that a person can make too long is a filter
        _ if detail.contains("nested too deep") || detail.contains("Expression tree is too large") => {
            Error::Usage("the filter asks for too much of linked records at once; leave some of it out".into())
        }
        (ErrorCode::SystemIoFailure, _) => Error::Io(format!("the disk failed: {detail}")),
        _ => Error::Internal(detail),
    }
}
