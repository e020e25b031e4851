namespace Nvdimm.Cli.Terminal;

/// <summary>Standard output could not be written.</summary>
internal sealed class OutputException(Exception failure) : Exception(
    $"Standard output could not be written: {failure.Message.TrimEnd('.')}. What the command has changed before stays changed.", failure);
