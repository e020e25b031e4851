namespace Nvdimm.Cli;

/// <summary>An input that cannot be used at all. Never leaves the tool, which prints the message and ends with <see cref="ExitStatus.BadInput"/>.</summary>
internal sealed class BadInputException(string message, Exception? inner = null) : Exception(message, inner);
