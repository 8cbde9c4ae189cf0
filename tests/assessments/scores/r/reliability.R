# Says what R's psych and multilevel find in the files of a folder: Rscript reliability.R FOLDER > found.csv
# answers.csv: a row a person, a column a statement, empty where it was skipped; groups.csv: group and score of a person.
# It also writes lq2002.csv there: 2,042 soldiers of 49 companies on 11 statements about leadership, which multilevel has.
suppressMessages({library(psych); library(multilevel)})
folder <- commandArgs(trailingOnly = TRUE)[1]
say <- function(name, value) cat(sprintf("%s,%.10f\n", name, value))
say_icc <- function(name, model) {
  say(paste0(name, "_icc1"), ICC1(model))
  say(paste0(name, "_icc2"), ICC2(model))
}

answers <- read.csv(file.path(folder, "answers.csv"))
whole <- na.omit(answers)
varies <- whole[, sapply(whole, sd) > 0]
say("multilevel_alpha", cronbach(answers)$Alpha)
say("psych_alpha_of_whole_and_varied", suppressWarnings(alpha(varies))$total$raw_alpha)
say("psych_alpha_as_given", suppressWarnings(alpha(answers))$total$raw_alpha)
for (case in list(c(0.67, 4, 80), c(0.9, 11, 2042), c(-0.41, 3, 30), c(0.05, 6, 31), c(1, 5, 44))) {
  bounds <- alpha.ci(case[1], n.obs = case[3], n.var = case[2])
  say(sprintf("feldt_%.2f_%.0f_%.0f_low", case[1], case[2], case[3]), bounds$lower.ci)
  say(sprintf("feldt_%.2f_%.0f_%.0f_high", case[1], case[2], case[3]), bounds$upper.ci)
}

groups <- read.csv(file.path(folder, "groups.csv"))
say_icc("groups", aov(score ~ as.factor(group), groups))

data(lq2002)
lead <- lq2002[, sprintf("LEAD%02d", 1:11)]
write.csv(cbind(group = lq2002$COMPID, lead), file.path(folder, "lq2002.csv"), row.names = FALSE)
say("lq2002_alpha", cronbach(lead)$Alpha)
say_icc("lq2002", aov(rowMeans(lead) ~ as.factor(lq2002$COMPID)))
