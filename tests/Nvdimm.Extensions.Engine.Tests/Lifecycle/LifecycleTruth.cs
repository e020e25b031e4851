namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>
/// What is true of ownership, as far as anybody can know it: what the manager has attached and nobody has given up, and what other clients have
/// attached, which is known by its name only.
/// </summary>
internal sealed class LifecycleTruth
{
    private readonly Dictionary<(string Vm, int Device), (string Name, int When)> owned = [];
    private readonly HashSet<(string Vm, string Name)> foreign = [];
    private readonly Dictionary<string, List<int>> running = new(StringComparer.Ordinal);

    private int time;

    public IEnumerable<int> OwnedBy(string vm) => owned.Keys.Where(own => own.Vm == vm).Select(own => own.Device);

    public IReadOnlyList<int> RunsWith(string vm) => running.GetValueOrDefault(vm) ?? [];

    /// <summary>The device that a VM has been given last under a name; null where it has none.</summary>
    public int? OwnedAs(string vm, string name) => owned.Where(own => own.Key.Vm == vm && own.Value.Name == name)
        .OrderBy(own => own.Value.When)
        .Select(own => (int?)own.Key.Device)
        .LastOrDefault();

    public bool IsOwned(string vm, int device) => owned.ContainsKey((vm, device));

    public bool IsOwnedByAnother(string vm, int device) => owned.Keys.Any(own => own.Device == device && own.Vm != vm);

    public bool IsUsed(int device) => running.Values.Any(used => used.Contains(device));

    public bool IsForeign(string vm, string name) => foreign.Contains((vm, name));

    public void Own(string vm, int device, string name)
    {
        owned[(vm, device)] = (name, ++time);
        foreign.Remove((vm, name));
    }

    /// <summary>
    /// What a VM calls so is given up: what it was given last under that name, otherwise the bearer. A bearer that is attached under a name of
    /// its own stays if another attachment has the name.
    /// </summary>
    public void GiveUpName(string vm, string name, string[] configured, int? bearer)
    {
        foreign.Remove((vm, name));
        if ((OwnedAs(vm, name) ?? bearer) is { } device
            && !(configured.Contains(name) && owned.TryGetValue((vm, device), out var own) && own.Name != name && configured.Contains(own.Name)))
        {
            owned.Remove((vm, device));
        }
    }

    public void RollBack(string vm, int device)
    {
        if (owned.Remove((vm, device), out var known))
        {
            foreign.Remove((vm, known.Name));
        }
    }

    public void OtherClientAttached(string vm, string name)
    {
        if (!owned.Any(own => own.Key.Vm == vm && own.Value.Name == name))
        {
            foreign.Add((vm, name));
        }
    }

    public void Forget(string vm)
    {
        foreach (var own in owned.Keys.Where(own => own.Vm == vm).ToArray())
        {
            owned.Remove(own);
        }

        foreign.RemoveWhere(attached => attached.Vm == vm);
        running.Remove(vm);
    }

    /// <summary>The record is lost: what is attached by now is known by its name.</summary>
    public void LoseRecord()
    {
        foreach (var own in owned)
        {
            foreign.Add((own.Key.Vm, own.Value.Name));
        }

        owned.Clear();
    }

    public void Run(string vm, List<int> devices) => running[vm] = devices;

    public void Stop(string vm) => running.Remove(vm);
}
