# Reads the files of a bundle in R, each way that a researcher may, and prints of every column what R makes of it.
options(digits = 15, warn = 1)
source("inlezen.R")

said <- list()
say <- function(way, table, data, labels = lapply(data, attr, "label")) {
  for (name in names(data)) {
    column <- data[[name]]
    numbers <- if (is.character(column)) NULL else as.numeric(column)
    said[[length(said) + 1]] <<- data.frame(
      way = way, table = table, column = name, n = nrow(data),
      missing = if (is.character(column)) sum(is.na(column) | column == "") else sum(is.na(numbers)),
      sum = if (is.null(numbers)) "" else format(sum(numbers, na.rm = TRUE)),
      label = if (is.null(labels[[name]])) "" else labels[[name]],
      words = paste(if (is.factor(column)) levels(column) else names(attr(column, "labels")), collapse = "|"),
      kind = class(column)[1]
    )
  }
}

for (path in Sys.glob("csv/*.csv")) {
  table <- sub(".csv", "", basename(path), fixed = TRUE)
  say("script", table, get(table))
  say("readr", table, readr::read_csv(path, show_col_types = FALSE, guess_max = Inf))
  say("haven sav", table, haven::read_sav(file.path("spss", paste0(table, ".sav"))))
  say("haven dta", table, haven::read_dta(file.path("stata", paste0(table, ".dta"))))
  own <- foreign::read.spss(file.path("spss", paste0(table, ".sav")), to.data.frame = TRUE, reencode = "UTF-8")
  own[] <- lapply(own, function(column) if (is.character(column)) trimws(column) else column)
  say("foreign", table, own, as.list(attr(own, "variable.labels")))
}
write.csv(do.call(rbind, said), "said.csv", row.names = FALSE, fileEncoding = "UTF-8")
