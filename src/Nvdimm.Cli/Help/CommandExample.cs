namespace Nvdimm.Cli.Help;

/// <summary>An example in the help of a command.</summary>
/// <param name="CommandLine">The command line, from <c>nvdimm</c> on.</param>
/// <param name="What">What it does, as a phrase without a full stop.</param>
internal sealed record CommandExample(string CommandLine, string What);
