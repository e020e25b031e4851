using System.CommandLine;
using System.Globalization;
using System.Text;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Tests;

/// <summary>Makes the tool's manual pages from its commands, so that they say what the tool does: one of the tool, and one of each of its commands.</summary>
internal static class ManualPage
{
    // When the pages were given their form; a page needs a date.
    private const string Date = "2026-11-29";

    private const string Made = """
        .\" Made from the tool's own commands by ManualPageTests; rewritten under NVDIMM_UPDATE_GOLDEN=1.

        """;

    private static IEnumerable<ExitMeaning> OfEvery =>
        CommandHelps.Tool.Where(meaning => meaning.Status is ExitStatus.Usage or ExitStatus.Interrupted or ExitStatus.Terminated);

    /// <summary>The pages by their names without section.</summary>
    public static IEnumerable<(string Name, string Text)> All(Command root) =>
        CommandTree.Shown(root).Select(command => (HelpText.ManualName(command.Name), Of(command))).Prepend(("nvdimm", OfTool(root)));

    private static string OfTool(Command root)
    {
        var page = Begin("nvdimm", "NVDIMM host devices of virtual machines");
        page.Append(".B nvdimm\n.I COMMAND\n.RI [ OPTION ...]\n");
        page.Append(".SH DESCRIPTION\n").Append(Escape(CommandTree.Details(root))).Append('\n');
        page.Append(".SH COMMANDS\n");
        foreach (var command in CommandTree.Shown(root))
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n.BR nvdimm\\-{command.Name} (1)\n{Escape(CommandTree.Purpose(command))}\n");
        }

        page.Append(".SH OPTIONS\n");
        Options(page, root.Options);
        Statuses(page, CommandHelps.Tool);
        page.Append(".PP\nIf several of 3, 4 and 5 apply, the largest one is returned.\n");
        page.Append(".SH EXAMPLES\n");
        foreach (var help in CommandHelps.All.Where(help => help.Path is "list" or "plan" or "layout check" or "host status"))
        {
            Example(page, help.Examples[0]);
        }

        Environment(page, isEngine: true);
        page.Append("""
            .SH FILES
            .TP
            .I /var/lib/nvdimm\-extensions
            The state folder: the records of layouts, the claims of running virtual machines, and the verified versions of libvirt and QEMU.
            .TP
            .I /etc/nvdimm\-extensions/hook.conf
            The configuration of the hooks.

            """);
        return End(page, CommandTree.Shown(root).Select(command => $"nvdimm\\-{command.Name} (1)"));
    }

    private static string Of(Command command)
    {
        var page = Begin(HelpText.ManualName(command.Name), CommandTree.Purpose(command).TrimEnd('.'));
        var commands = CommandTree.Shown(command).ToList();
        foreach (var usage in (commands.Count == 0 ? [command] : commands).Select(CommandTree.Usage))
        {
            page.Append(page[^1] == '\n' && !page.ToString().EndsWith(".SH SYNOPSIS\n", StringComparison.Ordinal) ? ".br\n" : "").Append(Escape(usage)).Append('\n');
        }

        page.Append(".SH DESCRIPTION\n").Append(Escape(Whole(command))).Append('\n');

        // What every command of a group has is said once.
        var common = commands.Count == 0 ? [] : commands[0].Options.Where(option => commands.TrueForAll(below => below.Options.Any(other => Same(other, option)))).ToList();
        foreach (var below in commands)
        {
            page.Append(CultureInfo.InvariantCulture, $".SS {Escape(CommandTree.FullName(below))}\n{Escape(Whole(below))}\n");
            Arguments(page, below);
            Options(page, below.Options.Where(option => !common.Exists(other => Same(other, option))));
        }

        page.Append(".SH OPTIONS\n").Append(commands.Count == 0 || common.Count == 0 ? "" : "Every command has these options.\n");
        Arguments(page, command);
        Options(page, [.. command.Options, .. common, .. CommandTree.Options(command).Where(option => option.Recursive)]);
        var helps = CommandHelps.All.Where(help => help.Path.Split(' ')[0] == command.Name).ToList();
        page.Append(".SH EXIT STATUS\n");
        foreach (var help in helps)
        {
            page.Append(helps.Count == 1 ? "" : $".SS nvdimm {Escape(help.Path)}\n");
            Rows(page, helps.Count == 1 ? help.Statuses.Concat(OfEvery).OrderBy(meaning => meaning.Status) : help.Statuses);
        }

        if (helps.Count > 1)
        {
            page.Append(".SS every command\n");
            Rows(page, OfEvery);
        }

        page.Append(".SH EXAMPLES\n");
        foreach (var example in helps.SelectMany(help => help.Examples))
        {
            Example(page, example);
        }

        Environment(page, command.Name == "engine");
        return End(page, ["nvdimm (1)"]);
    }

    private static StringBuilder Begin(string name, string purpose) => new StringBuilder(Made).Append(
        CultureInfo.InvariantCulture,
        $".TH {Escape(name.ToUpperInvariant())} 1 \"{Date}\" \"Nvdimm.Extensions\" \"User Commands\"\n.SH NAME\n{Escape(name)} \\- {Escape(char.ToLowerInvariant(purpose[0]) + purpose[1..])}\n.SH SYNOPSIS\n");

    private static string End(StringBuilder page, IEnumerable<string> others) => page.Append(".SH SEE ALSO\n")
        .AppendJoin(",\n", others.Concat(["nvdimm\\-hook (8)", "ndctl (1)", "virsh (1)"]).Select(other => $".BR {other}")).Append('\n').ToString();

    private static string Whole(Command command) => $"{CommandTree.Purpose(command)}{(CommandTree.Details(command) is { Length: > 0 } details ? $"\n{details}" : "")}";

    private static bool Same(Option one, Option other) => one.Name == other.Name && one.Description == other.Description && one.Required == other.Required;

    private static void Arguments(StringBuilder page, Command command)
    {
        foreach (var argument in command.Arguments)
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n.I {Escape(CommandTree.Term(argument))}\n{Escape(argument.Description!)}\n");
        }
    }

    private static void Options(StringBuilder page, IEnumerable<Option> options)
    {
        foreach (var option in options.DistinctBy(option => option.Name, StringComparer.Ordinal))
        {
            var value = option.HelpName is { } term ? $" \\fI{Escape(term)}\\fR{(option.AllowMultipleArgumentsPerToken ? " ..." : "")}" : "";
            var names = CommandTree.Term(option);
            page.Append(CultureInfo.InvariantCulture, $".TP\n.B {Escape(option.HelpName is null ? names : option.Name)}{value}\n{Escape(option.Description!)}\n");
        }
    }

    private static void Statuses(StringBuilder page, IEnumerable<ExitMeaning> statuses)
    {
        page.Append(".SH EXIT STATUS\n");
        Rows(page, statuses);
    }

    private static void Rows(StringBuilder page, IEnumerable<ExitMeaning> statuses)
    {
        foreach (var (status, meaning) in statuses)
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n.B {status}\n{Escape(meaning)}\n");
        }
    }

    private static void Example(StringBuilder page, CommandExample example) => page.Append(
        CultureInfo.InvariantCulture, $".TP\n.B {Escape(example.CommandLine)}\n{Escape(char.ToUpperInvariant(example.What[0]) + example.What[1..])}\n");

    private static void Environment(StringBuilder page, bool isEngine)
    {
        page.Append(".SH ENVIRONMENT\n");
        if (isEngine)
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n.B {HelpText.PasswordVariable}\nThe password of the user of an engine, unless \\-\\-password\\-file is given.\n");
        }

        page.Append("""
            .TP
            .B NO_COLOR
            If set, the tool prints no colours, even on a terminal.
            .TP
            .B PATH
            The folders in which the tool looks for ndctl, virsh, ssh and QEMU.
            .TP
            .B TMPDIR
            The folder in which the tool creates the sparse files that stand for devices.

            """);
    }

    // A backslash and a hyphen mean something else in troff, and so does a line that starts with a full stop or an apostrophe.
    private static string Escape(string text) => string.Join('\n', text.Split('\n').Select(EscapeLine));

    private static string EscapeLine(string line)
    {
        var escaped = line.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("…", " ...", StringComparison.Ordinal)
            .Replace("~", "\\(ti", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
