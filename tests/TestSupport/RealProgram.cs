using System.Diagnostics;

namespace Nvdimm.Extensions.TestSupport;

/// <summary>
/// Programs that tests need from the machine. In CI a missing one fails; elsewhere it is a visible skip that says what to install. The fast run
/// (<c>build/test.sh --fast</c>) leaves out every test that asks here, and hides the programs, so that one that does not ask fails.
/// </summary>
internal static class RealProgram
{
    /// <summary>Whether this is the fast run.</summary>
    public static bool IsFast => Environment.GetEnvironmentVariable("NVDIMM_TEST_FAST") == "1";

    private static bool InCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    public static void Require(string program, string debianPackage)
    {
        if (IsFast || !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Missing(program, debianPackage);
        }
    }

    public static void RequireFile(string file, string debianPackage)
    {
        if (IsFast || !File.Exists(file))
        {
            Missing(file, debianPackage);
        }
    }

    /// <summary>Ends a test that cannot run here: a failure in CI, elsewhere a visible skip.</summary>
    public static void Unavailable(string message)
    {
        if (IsFast)
        {
            Assert.Ignore($"Not in the fast run: {message}");
        }

        if (InCi)
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
    }

    private static void Missing(string what, string debianPackage) => Unavailable($"{what} is not installed (Debian package {debianPackage})");

    public static (int ExitCode, string Output, string Error) Run(string program, params string[] arguments) => Run(TimeSpan.FromSeconds(60), program, arguments);

    public static (int ExitCode, string Output, string Error) Run(TimeSpan timeLimit, string program, params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(timeLimit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {timeLimit.TotalSeconds} seconds");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
