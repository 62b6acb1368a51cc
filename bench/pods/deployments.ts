import { closeSync, openSync, writeSync } from 'node:fs';
import { Random } from './random.ts';

/** Writes a manifest with so many Deployments that all differ. */
export function writeDeployments(path: string, count: number): void {
  const file = openSync(path, 'w');
  for (let number = 0; number < count; number++) {
    writeSync(file, `${number === 0 ? '' : '---\n'}${deployment(number)}`);
  }
  closeSync(file);
}

/** A Deployment as people write them. */
export function deployment(number: number): string {
  const random = new Random(number);
  const name = `app-${number}`;
  const port = random.whole(3000, 9999);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: ${random.whole(1, 5)}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
        version: v${random.whole(1, 9)}
    spec:
      serviceAccountName: account-${random.whole(1, 60)}
      containers:
      - name: ${name}
        image: registry.example/${name}:1.${random.whole(0, 40)}.${random.whole(0, 9)}
        imagePullPolicy: IfNotPresent
        env: # where it finds the others
        - name: UPSTREAM
          value: "http://app-${random.whole(0, 5000)}:8080"
        ports:
        - containerPort: ${port}
        readinessProbe:
          httpGet:
            path: /ready
            port: ${port}
        volumeMounts:
        - name: scratch
          mountPath: /tmp
      volumes:
      - name: scratch
        emptyDir: {}
`;
}
