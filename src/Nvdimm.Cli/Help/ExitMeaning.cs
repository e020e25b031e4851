namespace Nvdimm.Cli.Help;

/// <summary>An exit status.</summary>
/// <param name="Status">The number.</param>
/// <param name="Meaning">What it says, as a sentence.</param>
internal sealed record ExitMeaning(int Status, string Meaning);
