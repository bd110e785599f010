// One function per command; each returns the exit code. Mistakes of the user and of the machine are thrown, see
// main.cpp.
#pragma once

#include "cli/command_line.hpp"

namespace portdrought::cli {

inline constexpr int exit_fine = 0, exit_failed = 1, exit_usage = 2, exit_environment = 3, exit_invalid = 4,
                     exit_interrupted = 130;

int run(const CommandLine& line);
int compare(const CommandLine& line);
int check(const CommandLine& line);
int report(const CommandLine& line);
int diagnose(const CommandLine& line);
int validate(const CommandLine& line);
int list(const CommandLine& line);
int show(const CommandLine& line);
int plan(const CommandLine& line);
int knee(const CommandLine& line);
int sweep(const CommandLine& line);
int merge(const CommandLine& line);
int calibrate(const CommandLine& line);
int doctor(const CommandLine& line);
int completion(const CommandLine& line);
int manual(const CommandLine& line);

}  // namespace portdrought::cli
