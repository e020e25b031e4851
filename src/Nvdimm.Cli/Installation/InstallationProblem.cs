namespace Nvdimm.Cli.Installation;

/// <summary>A problem of the hooks on a host that an administrator must solve.</summary>
/// <param name="What">What is wrong, and where: a sentence.</param>
/// <param name="Advice">What to do, as a command if there is one; else what happens until the problem is solved.</param>
/// <param name="IsFault">Whether the installation itself is at fault; the tool then exits with <see cref="ExitStatus.Refused"/>.</param>
internal sealed record InstallationProblem(string What, string Advice, bool IsFault);
