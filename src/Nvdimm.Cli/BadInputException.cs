namespace Nvdimm.Cli;

/// <summary>
/// An input that cannot be used. Never leaves the tool, which prints the message and exits with <see cref="ExitStatus.BadInput"/>.
/// </summary>
internal sealed class BadInputException(string message, Exception? inner = null) : Exception(message, inner);
