namespace Nvdimm.Cli.Help;

/// <summary>An example.</summary>
/// <param name="CommandLine">What is typed, from <c>nvdimm</c> on.</param>
/// <param name="What">What it does, as a phrase without a full stop.</param>
internal sealed record CommandExample(string CommandLine, string What);
