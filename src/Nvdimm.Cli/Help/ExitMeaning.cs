namespace Nvdimm.Cli.Help;

/// <summary>An exit status and its meaning.</summary>
/// <param name="Status">The number.</param>
/// <param name="Meaning">The meaning, as a sentence.</param>
internal sealed record ExitMeaning(int Status, string Meaning);
