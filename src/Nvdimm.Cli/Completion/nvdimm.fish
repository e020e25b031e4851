# fish completion for nvdimm, as 'nvdimm completion fish' prints it. The tool itself answers what fits.
function __nvdimm_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in (command $words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
    switch $line
      case :files
        __fish_complete_path "$current"
      case :folders
        __fish_complete_directories "$current"
      case '*'
        echo $line
    end
  end
end
complete -c nvdimm -f -a '(__nvdimm_complete)'
