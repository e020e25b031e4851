using Nvdimm.Extensions;

namespace Nvdimm.Cli.Help;

/// <summary>The parts of a command's help and manual page that are not its description and options.</summary>
/// <param name="Path">The command without the tool's name: <c>layout accept</c>.</param>
/// <param name="Statuses">The command's own exit statuses, ascending, without those that all commands share.</param>
/// <param name="Examples">Command lines that can be copied, at least one.</param>
internal sealed record CommandHelp(string Path, ValueList<ExitMeaning> Statuses, ValueList<CommandExample> Examples);
