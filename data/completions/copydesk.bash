# copydesk.bash -- completion of copydesk's command line for bash. Options come from --help, so that none is listed twice.

_copydesk()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} word verb= i
    COMPREPLY=()
    case $prev in
    -j|--jobs|--now|--url|--text-key|--html-key|--url-key|--time-key|--id-key|--keep|--drop|--cut|--max-page-bytes|--page-steps) return ;;
    --diff) mapfile -t COMPREPLY < <(compgen -W 'short full json' -- "$cur"); return ;;
    --only-field) mapfile -t COMPREPLY < <(compgen -W "$(copydesk /dev/null 2>/dev/null | grep -oE '"[a-z_]+":' | tr -d '":')" -- "$cur"); return ;;
    --dedup) mapfile -t COMPREPLY < <(compgen -W 'exact near' -- "$cur"); return ;;
    --output-dir) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur"); return ;;
    --body-format) mapfile -t COMPREPLY < <(compgen -W 'text markdown' -- "$cur"); return ;;
    --dump) mapfile -t COMPREPLY < <(compgen -W 'features' -- "$cur"); return ;;
    --input-format) mapfile -t COMPREPLY < <(compgen -W 'auto text html jsonl warc' -- "$cur"); return ;;
    --encoding) mapfile -t COMPREPLY < <(compgen -W "$(iconv -l 2>/dev/null | tr -d '/,')" -- "$cur"); return ;;
    --html) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    --no-rule) mapfile -t COMPREPLY < <(compgen -W "$(copydesk rules list 2>/dev/null | cut -f1)" -- "$cur"); return ;;
    esac
    for (( i = 1; i < COMP_CWORD; i++ )); do
        word=${COMP_WORDS[i]}
        case $word in
        explain|rules|check|update) verb=$word; break ;;
        esac
    done
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(copydesk --help 2>/dev/null | grep -oE '^  (-., )? *--[a-z0-9-]+' | grep -oE '\-\-[a-z0-9-]+')" -- "$cur")
    elif [[ $prev == rules ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'list test lint diff stats new' -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        [[ -z $verb && $COMP_CWORD -eq 1 ]] && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W 'explain rules check update' -- "$cur")
    fi
}

complete -o filenames -F _copydesk copydesk
