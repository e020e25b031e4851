using System.CommandLine;
using System.Text;

namespace Nvdimm.Cli.Tests;

/// <summary>Makes the tool's manual page from its commands, so that the page says what the tool does.</summary>
internal static class ManualPage
{
    private const string Head = """
        .\" Made from the tool's own commands by ManualPageTests; rewritten under NVDIMM_UPDATE_GOLDEN=1.
        .TH NVDIMM 1 "" "Nvdimm.Extensions" "User Commands"
        .SH NAME
        nvdimm \- NVDIMM host devices of virtual machines: sizes, checks, layouts
        .SH SYNOPSIS
        .B nvdimm
        .I COMMAND
        .RI [ OPTION ...]
        """;

    private const string Tail = """
        .SH FILES
        .TP
        .I /var/lib/nvdimm-extensions
        The records of the devices' layouts, the claims of running virtual machines, and which versions of libvirt and QEMU were verified.
        .TP
        .I /etc/nvdimm-extensions/hook.conf
        The configuration of the VDSM hooks.
        .SH SEE ALSO
        .BR nvdimm-hook (8),
        .BR ndctl (1),
        .BR virsh (1)
        """;

    /// <summary>The page in troff's man macros.</summary>
    public static string Of(Command root)
    {
        var page = new StringBuilder(Head).Append('\n');
        var description = root.Description!.Split("\n\n", 2);
        page.Append(".SH DESCRIPTION\n").Append(Escape(description[0])).Append('\n');
        page.Append(".SH COMMANDS\n");
        foreach (var command in root.Subcommands)
        {
            Append(page, command, command.Name);
        }

        page.Append(".SH EXIT STATUS\n.nf\n").Append(Escape(description[1])).Append("\n.fi\n").Append(Tail);
        return page.Append('\n').ToString();
    }

    private static void Append(StringBuilder page, Command command, string name)
    {
        var arguments = string.Concat(command.Arguments.Select(argument => $" {argument.HelpName ?? argument.Name}"));
        page.Append(".SS nvdimm ").Append(Escape(name)).Append(Escape(arguments)).Append('\n').Append(Escape(command.Description!)).Append('\n');
        foreach (var argument in command.Arguments)
        {
            page.Append(".TP\n.I ").Append(Escape(argument.HelpName ?? argument.Name)).Append('\n').Append(Escape(argument.Description!)).Append('\n');
        }

        foreach (var option in command.Options)
        {
            page.Append(".TP\n.B ").Append(Escape(option.Name));
            if (option.HelpName is { } value)
            {
                page.Append(" \\fI").Append(Escape(value)).Append("\\fR");
            }

            page.Append('\n').Append(Escape(option.Description!)).Append('\n');
        }

        foreach (var below in command.Subcommands)
        {
            Append(page, below, $"{name} {below.Name}");
        }
    }

    // A backslash and a hyphen mean something else in troff, and so does a line that starts with a full stop or an apostrophe.
    private static string Escape(string text) => string.Join('\n', text.Split('\n').Select(EscapeLine));

    private static string EscapeLine(string line)
    {
        var escaped = line.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
