"""What is wrong with a file, and where."""


class CatalogError(ValueError):
    """A file that cannot be used: its name, the line (from 1) where that shows, if any, and the reason."""

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        self.file, self.reason, self.line = file, reason, line
        super().__init__(f"{file}: {reason}" if line is None else f"{file}: line {line}: {reason}")


class ChangedSourceError(CatalogError):
    """A source stands in the file otherwise than it was handed out."""


class MissingColumnsError(CatalogError):
    """A table without the columns that it must have; `columns` names those."""

    def __init__(self, file: str, columns: tuple[str, ...]) -> None:
        self.columns = columns
        super().__init__(file, f"has no columns {', '.join(columns)}", 1)


class WrongDomainError(CatalogError):
    """The file says that it is of another domain than the one wanted."""


class WrongLanguageError(CatalogError):
    """The file says that it is in another language than the one wanted."""
