using System.Globalization;

namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>A VM as the engine has it, which knows devices by name only.</summary>
internal sealed class ModelVm(int number, int host)
{
    public string Name { get; init; } = $"vm{number}";

    public string Id { get; } = $"{number.ToString("x8", CultureInfo.InvariantCulture)}-52b0-4c8e-9c7e-2f4a3a1c9d10";

    public int Host { get; set; } = host;

    /// <summary>The numbers of the names that are attached: 1 for <c>namespace1.0</c>.</summary>
    public SortedSet<int> Attached { get; } = [];

    /// <summary>The custom property <c>nvdimm</c>; null where it has none.</summary>
    public string? Property { get; set; }

    /// <summary>Whether its guest makes labels; otherwise only the ledger knows the layout.</summary>
    public bool MakesLabels => number % 3 != 1;

    /// <summary>What it runs with: the domain, and the devices; null where it does not run.</summary>
    public (string Domain, List<PhysicalDevice> Devices)? Running { get; set; }

    public override string ToString() => Name;
}
