using System.Diagnostics;
using System.Globalization;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Benchmarks;

/// <summary>The parser beside the system's Python doing what VDSM does with the same bytes.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";
    private const int Warmups = 100;
    private const int Repetitions = 151;

    /// <summary>The median times of both in milliseconds, and the median ratio. They take turns, so that whatever else the machine does meets both.</summary>
    /// <exception cref="InvalidOperationException">One of them did not find every namespace.</exception>
    public static (double Python, double Ours, double Ratio) Compare(int namespaces)
    {
        var listing = Listings.Of(namespaces);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, listing);
            using var python = Start(path);
            Require(namespaces, int.Parse(Answer(python), CultureInfo.InvariantCulture), "Python");
            Require(namespaces, NdctlParser.Parse(listing).Devices.Count(device => device is { IsUsable: true, Path: not null }), "The parser");
            var times = Measure(python, listing);
            python.StandardInput.Close();
            python.WaitForExit();
            return times;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (double Python, double Ours, double Ratio) Measure(Process python, byte[] listing)
    {
        for (var warmup = 0; warmup < Warmups; warmup++)
        {
            NdctlParser.Parse(listing);
        }

        var theirs = new double[Repetitions];
        var ours = new double[Repetitions];
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            python.StandardInput.WriteLine();
            theirs[repetition] = long.Parse(Answer(python), CultureInfo.InvariantCulture) / 1e6;
            var start = Stopwatch.GetTimestamp();
            NdctlParser.Parse(listing);
            ours[repetition] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return (Median(theirs), Median(ours), Median([.. theirs.Zip(ours, (their, our) => their / our)]));
    }

    private static Process Start(string path)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Program, [Path.Combine(AppContext.BaseDirectory, "vdsm_listing.py"), path])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        process.Start();
        process.StandardInput.AutoFlush = true;
        return process;
    }

    private static string Answer(Process python) => python.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Program} ended");

    private static void Require(int expected, int found, string who)
    {
        if (found != expected)
        {
            throw new InvalidOperationException($"{who} found {found} of {expected} usable namespaces");
        }
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
