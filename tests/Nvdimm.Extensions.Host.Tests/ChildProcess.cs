using System.Diagnostics;

namespace Nvdimm.Extensions.Host.Tests;

/// <summary>This assembly as a process of its own; see <see cref="Program"/>.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    public ChildProcess(params string[] arguments)
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo(Dotnet, ["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            },
        };
        process.Start();
    }

    private static string Dotnet => Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet";

    public int Id => process.Id;

    public StreamWriter Input => process.StandardInput;

    public StreamReader Output => process.StandardOutput;

    /// <summary>Runs it to its end under a umask, such as the one of a hardened root.</summary>
    public static (int ExitCode, string Output, string Error) RunUnder(string umask, params string[] arguments) =>
        RealProgram.Run("/bin/sh", ["-c", $"umask {umask}; exec \"$0\" exec \"$@\"", Dotnet, typeof(ChildProcess).Assembly.Location, .. arguments]);

    /// <summary>Ends it with SIGKILL, and waits until it is gone.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }
}
