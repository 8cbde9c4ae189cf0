# Makes intervals.csv: what R's t.test says of the samples. Run once: Rscript tests/assessments/scores/r/intervals.R > tests/assessments/scores/r/intervals.csv
samples <- list(
  a = c(1, 2, 3, 4, 5),
  b = c(3, 3.5, 4, 4, 2.25, 2, 5, 5, 3, 1),
  c = c(2, 2, 3),
  d = c(2.5, 3.25, 3.75, 4, 4.25, 4.5, 3, 2.75)
)
one <- function(name) {
  found <- t.test(samples[[name]])
  cat(sprintf("mean,%s,,%.12f,%.12f,%.12f\n", name, found$parameter, found$conf.int[1], found$conf.int[2]))
}
two <- function(first, second) {
  found <- t.test(samples[[first]], samples[[second]])
  cat(sprintf("change,%s,%s,%.12f,%.12f,%.12f\n", first, second, found$parameter, found$conf.int[1], found$conf.int[2]))
}
cat(sprintf("# %s\n", R.version.string))
cat("what,first,second,freedom,low,high\n")
for (name in names(samples)) one(name)
for (first in names(samples)) for (second in names(samples)) if (first != second) two(first, second)
