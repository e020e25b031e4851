using System.Diagnostics;
using System.Text;
using Nvdimm.Cli.Installation;

namespace Nvdimm.Cli.Commands;

/// <summary>
/// Runs <c>nvdimm verify</c> against the libvirt and QEMU of another file system: a root of another release, the file system of an image,
/// or unpacked packages. The tool starts itself there, with libvirt's daemon as the user nobody, in its own namespaces. Nothing is written
/// to the file system.
/// </summary>
/// <param name="Root">The folder with the file system.</param>
/// <param name="StateFolder">The state folder whose recorded devices are also checked; null for none.</param>
internal sealed record RootVerification(string Root, string? StateFolder)
{
    private const string Mounted = "/run/nvdimm";

    private static readonly string[] MountPoints = ["proc", "sys", "dev", "run", "tmp"];

    /// <summary>The time that the ended tool gets to report that it stopped.</summary>
    private static readonly TimeSpan CancellationTimeLimit = TimeSpan.FromSeconds(5);

    /// <summary>The exit statuses of <c>nvdimm verify</c>; any other comes from a program that set up the namespaces.</summary>
    private static readonly int[] OfTheTool =
        [ExitStatus.Good, ExitStatus.Usage, ExitStatus.Failed, ExitStatus.Drift, ExitStatus.Incomplete, ExitStatus.Interrupted,
         ExitStatus.Terminated];

    /// <summary>Whether it is a system of its own, and not only packages that are laid over this one.</summary>
    private bool IsSystem =>
        Path.Join(Root, "bin", "sh") is var shell && (File.Exists(shell) || new FileInfo(shell).LinkTarget is not null);

    /// <summary>Why the verification is impossible; null if it can be tried.</summary>
    public string? Obstacle => !Directory.Exists(Root) ? $"There is no folder {Root}."
        : File.Exists(Path.Join(Root, "oci-layout"))
            ? $"{Root} is an image, not its file system. "
                + "Unpack it ('umoci unpack', 'podman image mount') and name the folder with its files."
        : !Directory.Exists(Path.Join(Root, "usr")) ? $"{Root} is no file system with programs: it has no folder usr."
        : IsSystem && Array.Find(MountPoints, name => !Directory.Exists(Path.Join(Root, name))) is { } missing
            ? $"{Root} is no whole system: it has no folder {missing}. Create it; it may be empty."
        : !Environment.IsPrivilegedProcess ? $"Only root can enter the file system {Root}. Run it as root."
        : null;

    /// <summary>Runs the tool there, on this process's standard streams.</summary>
    /// <param name="arguments">
    /// The arguments of <c>nvdimm verify</c>, without those that name a root, a connection or a state folder.
    /// </param>
    /// <param name="cancellationToken">Ends all its processes.</param>
    /// <returns>The exit status of the tool, or <see cref="ExitStatus.Failed"/>.</returns>
    public async Task<int> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var program = Environment.ProcessPath!;
        var isShared = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var tool = AppContext.BaseDirectory.TrimEnd('/');
        string[] command = isShared
            ? [$"{Mounted}/runtime/{Path.GetFileName(program)}", $"{Mounted}/tool/{typeof(RootVerification).Assembly.GetName().Name}.dll"]
            : [$"{Mounted}/tool/{Path.GetFileName(program)}"];
        using var process = Process.Start(new ProcessStartInfo(
            "unshare",
            [
                "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", Encoding.UTF8.GetString(Resources.RootVerification.Span),
                "nvdimm verify --root",
                Path.GetFullPath(Root),
                IsSystem ? "system" : "packages",
                tool,
                isShared ? Path.GetDirectoryName(program)! : "",
                StateFolder is null ? "" : Path.GetFullPath(StateFolder),
                .. command,
                "verify",
                "--state-folder",
                $"{Mounted}/state",
                .. arguments,
            ]))!;
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C also reaches the tool inside, which reports that it stopped; SIGTERM does not.
            await Task.WhenAny(process.WaitForExitAsync(CancellationToken.None), Task.Delay(CancellationTimeLimit, CancellationToken.None))
                .ConfigureAwait(false);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return ExitStatus.Interrupted;
        }

        return OfTheTool.Contains(process.ExitCode) ? process.ExitCode : ExitStatus.Failed;
    }
}
