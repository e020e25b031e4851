#compdef nvdimm
# zsh completion for nvdimm, as 'nvdimm completion zsh' prints it. The tool itself answers what fits.
_nvdimm() {
  local line
  local -a answered
  while IFS= read -r line; do
    case $line in
      :files) _files ;;
      :folders) _files -/ ;;
      *) answered+=("${${line%%$'\t'*}//:/\\:}:${${line#*$'\t'}/#$line/}") ;;
    esac
  done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  (( ! $#answered )) || _describe nvdimm answered
}
if [ "$funcstack[1]" = _nvdimm ]; then _nvdimm "$@"; else compdef _nvdimm nvdimm; fi
