namespace Nvdimm.Extensions.Engine;

/// <summary>A request without its ids and its query, so that there are few different names.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path, such as <c>vms/{vm}/hostdevices/{device}</c>.</param>
internal readonly record struct RequestRoute(string Method, string Template)
{
    /// <summary>The id of the VM in the path; null if there is none.</summary>
    public string? Vm { get; init; }

    /// <summary>The id of the host in the path; null if there is none.</summary>
    public string? Host { get; init; }

    /// <summary>The id of the device in the path; null if there is none.</summary>
    public string? Device { get; init; }

    /// <summary>Parses a request such as <c>DELETE vms/123/hostdevices/6e?async=true</c>.</summary>
    public static RequestRoute Of(string request)
    {
        var parts = request.Split(' ', 2);
        var path = parts[1].Split('?')[0].Split('/');
        return path switch
        {
            ["vms", var vm, "hostdevices", var device] =>
                new(parts[0], "vms/{vm}/hostdevices/{device}") { Vm = Uri.UnescapeDataString(vm), Device = device },
            ["vms", var vm, .. var rest] => new(parts[0], string.Join('/', ["vms", "{vm}", .. rest])) { Vm = Uri.UnescapeDataString(vm) },
            ["hosts", var host, .. var rest] =>
                new(parts[0], string.Join('/', ["hosts", "{host}", .. rest])) { Host = Uri.UnescapeDataString(host) },
            _ => new(parts[0], string.Join('/', path)),
        };
    }
}
