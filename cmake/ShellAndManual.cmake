# Completion scripts and manual pages, by the program itself, laid out as they are installed below share/.
# usage: cmake -D PROGRAM=… -D SCDOC=… -D OUTPUT=… -P ShellAndManual.cmake; without scdoc there are no manual pages.
set(bash_file bash-completion/completions/portdrought)
set(zsh_file zsh/site-functions/_portdrought)
set(fish_file fish/vendor_completions.d/portdrought.fish)
foreach(shell bash zsh fish)
    execute_process(COMMAND ${PROGRAM} completion ${shell} OUTPUT_VARIABLE script COMMAND_ERROR_IS_FATAL ANY)
    file(WRITE ${OUTPUT}/${${shell}_file} "${script}")
endforeach()

if(SCDOC)
    execute_process(COMMAND ${PROGRAM} manual OUTPUT_VARIABLE pages COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[^\n]+" pages "${pages}")
    file(MAKE_DIRECTORY ${OUTPUT}/man/man1)
    foreach(page IN LISTS pages)
        execute_process(COMMAND ${PROGRAM} manual ${page} COMMAND ${SCDOC} OUTPUT_FILE ${OUTPUT}/man/man1/${page}.1
            COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
endif()
