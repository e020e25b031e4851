using Nvdimm.Extensions;

namespace Nvdimm.Cli.Help;

/// <summary>What the help and the manual page of a command have beside its description and its options.</summary>
/// <param name="Path">The command without the tool's name: <c>layout accept</c>.</param>
/// <param name="Statuses">The exit statuses that are its own, ascending; those of every command are not repeated.</param>
/// <param name="Examples">Command lines that can be copied, at least one.</param>
internal sealed record CommandHelp(string Path, ValueList<ExitMeaning> Statuses, ValueList<CommandExample> Examples);
