namespace Nvdimm.Cli.Installation;

/// <summary>Something on a host that needs an administrator.</summary>
/// <param name="What">What is wrong, and where: a sentence.</param>
/// <param name="Advice">What to do, or what happens until then; a command where there is one.</param>
/// <param name="IsFault">Whether the installation itself is at fault, which is <see cref="ExitStatus.Refused"/>.</param>
internal sealed record Attention(string What, string Advice, bool IsFault);
