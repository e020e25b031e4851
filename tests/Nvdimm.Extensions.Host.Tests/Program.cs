using System.Globalization;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests;

/// <summary>What the processes do that tests start and kill.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["write", var folder, var start] => WriteForEver(StateFolders.Made(folder), int.Parse(start, CultureInfo.InvariantCulture)),
        ["claim", var folder, var vm] => ClaimOnDemand(StateFolders.Made(folder), vm),
        ["use", var folder] => Use(StateFolders.Made(folder)),
        _ => 64,
    };

    /// <summary>Writes records, round after round over three devices; says each number when its record is durable.</summary>
    private static int WriteForEver(string folder, int number)
    {
        var ledger = new LayoutLedger(folder, TimeProvider.System);
        while (true)
        {
            number++;
            ledger.Save(Samples.Use(number % 3) with { Hypervisor = $"{number}" });
            Console.WriteLine(number);
        }
    }

    /// <summary>Claims and records one device.</summary>
    private static int Use(string folder)
    {
        new LayoutLedger(folder, TimeProvider.System).Save(Samples.Use());
        new DeviceClaims(folder, TimeProvider.System).TryClaim(Samples.Identity(), "namespace0.0", ClaimHolder.OfProcess("vm", vmId: null, Environment.ProcessId));
        return 0;
    }

    /// <summary>For each line, claims the device of that number, and says whether it won.</summary>
    private static int ClaimOnDemand(string folder, string vm)
    {
        var claims = new DeviceClaims(folder, TimeProvider.System);
        var holder = ClaimHolder.OfProcess(vm, vmId: null, Environment.ProcessId);
        while (Console.ReadLine() is { } line)
        {
            var claim = claims.TryClaim(Samples.Identity(int.Parse(line, CultureInfo.InvariantCulture)), "namespace0.0", holder);
            Console.WriteLine(claim.Claim is null ? "lost" : "won");
        }

        return 0;
    }
}
